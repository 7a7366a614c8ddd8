/** Enlaces de seguimiento, códigos y accesos con motivo. */
export const esTracking = {
  'channel.web': 'página de seguimiento',
  'channel.web.name': 'Página de seguimiento',
  'match.signed_link': 'el enlace de seguimiento de su caso',
  'match.one_time_code': 'un código de un solo uso',
  'match.evidence': 'varios datos que solo tiene esa persona',
  'event.link.issued': '{author} ha creado un enlace de seguimiento{to}',
  'event.link.issued.to': ' para {display}',
  'event.link.opened': 'Han abierto el enlace de seguimiento',
  'event.link.revoked': '{author} ha anulado un enlace de seguimiento',
  'event.code.presented': 'Código mostrado en {store}: hoy ven este caso',
  'event.glass.broken': '{author} ha abierto este caso sin ser suyo: «{reason}»',
} as const;
