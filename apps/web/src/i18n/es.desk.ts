/** Enlaces por los que otra empresa trabaja en un traspaso. */
export const esDesk = {
  'desk.links': 'Página de {partner}',
  'desk.open_links': 'Enlaces a su página',
  'desk.lead':
    'Por este enlace aceptan, preguntan, presupuestan y devuelven sin cuenta. Ven lo que se les ha contado en este traspaso y nada más.',
  'desk.once': 'Cópialo ahora: después no se puede volver a ver. Caduca en {days} días.',
  'desk.all': 'Enlaces de este traspaso',
  'desk.shut': 'Este traspaso ya no se le enseña a {partner}: no se crean más enlaces.',
  'desk.unread': 'No se han podido leer los enlaces.',
  'desk.by_message': 'Fue con un mensaje',
  'event.handoff.link_issued': '{author} ha creado un enlace para {partner}',
  'event.handoff.link_opened': '{partner} ha abierto su página del traspaso',
  'event.handoff.link_revoked': '{author} ha anulado un enlace de {partner}',
};
