/** How what is said between us and partners reads on the timeline; `in`: they gave us the work. */
export const esHandoffEvents = {
  'event.handoff.drafted': '{author} prepara un traspaso a {partner}',
  'event.handoff.sent':
    '{direction, select, in {{partner} nos pide que lo hagamos} other {{author} traspasa el trabajo a {partner}}}',
  'event.handoff.acknowledged':
    '{direction, select, in {{author} confirma a {partner} que lo tenemos} other {{partner} confirma que lo ha recibido}}',
  'event.handoff.accepted':
    '{direction, select, in {{author} lo acepta de {partner}{more}} other {{partner} lo acepta{more}}}',
  'event.handoff.rejected':
    '{direction, select, in {{author} se lo rechaza a {partner}: {reason}} other {{partner} no lo hace: {reason}. Ahora: {next}}}',
  'event.handoff.asked':
    '{direction, select, in {{author} pregunta a {partner}: {question}} other {{partner} pregunta: {question}}}',
  'event.handoff.answered':
    '{direction, select, in {{partner} responde: {text}} other {{author} responde a {partner}: {text}}}',
  'event.handoff.progressed':
    '{direction, select, in {{author} empieza con lo de {partner}{more}} other {{partner} trabaja en ello{more}}}',
  'event.handoff.eta_moved':
    '{direction, select, in {{author} cambia el plazo con {partner}: del {from, date, medium} al {to, date, medium}{more}} other {{partner} cambia el plazo: del {from, date, medium} al {to, date, medium}{more}}}',
  'event.handoff.eta_named':
    '{direction, select, in {{author} da plazo a {partner}: el {to, date, medium}{more}} other {{partner} da plazo: el {to, date, medium}{more}}}',
  'event.handoff.quoted':
    '{direction, select, in {{author} da presupuesto a {partner}: {amount}} other {{partner} da presupuesto: {amount}}}',
  'event.handoff.device_received':
    '{direction, select, in {El teléfono de {partner} ha llegado aquí ({author})} other {El teléfono ha llegado a {partner}}}',
  'event.handoff.device_dispatched':
    '{direction, select, in {El teléfono vuelve a {partner}{more} ({author})} other {{partner} envía el teléfono de vuelta{more}}}',
  'event.handoff.resolved':
    '{direction, select, in {{author} lo da por resuelto para {partner}, {outcome}: {text}} other {{partner} lo da por resuelto, {outcome}: {text}}}',
  'event.handoff.reopened':
    '{direction, select, in {{partner} nos lo devuelve: {reason}} other {{author} se lo devuelve a {partner}: {reason}}}',
  'event.handoff.closed':
    '{direction, select, in {{partner} cierra su traspaso} other {{author} cierra el traspaso a {partner}}}',
  'event.handoff.expired':
    '{direction, select, in {Caduca lo que pedía {partner}: no contestamos} other {{partner} no contesta: el traspaso caduca}}',
  'event.handoff.cancelled':
    '{direction, select, in {{partner} cancela lo que pedía: {reason}} other {{author} cancela el traspaso a {partner}: {reason}}}',
  'event.handoff.recalled':
    '{direction, select, in {{partner} retira lo que contó: {reason}} other {{author} retira lo contado a {partner}: {reason}}}',
  'event.handoff.by': 'para el {at, date, medium}',
  'event.handoff.went_on': '{partner} no contesta ({reason}): seguimos sin ellos. {author}: {next}',
  'event.handoff.nudged': 'Se le recuerda a {partner} que esperamos ({count, number})',
  'event.handoff.nudged_person': '{partner} no contesta: se avisa a {to} (aviso {count, number})',
  'event.handoff.undeliverable': 'No se ha podido entregar a {partner}: {error}',
  'event.handoff.late_word': '{partner} dijo «{word}» cuando ya estaba «{state}»: no cambia nada',
  'event.handoff.forgotten.recalled': '{partner} ya no ve lo que se le contó: se retiró',
  'event.handoff.forgotten.retention': '{partner} ya no ve lo que se le contó: ha pasado el plazo acordado',
  'event.owner.moved': 'Desde ahora responde ante el cliente {name}',
  'event.owner.back': 'Ante el cliente volvemos a responder nosotros',
} as const;
