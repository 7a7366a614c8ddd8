import type { AnalysisMetric, MetricWords } from './analysis.js';
import type { Language } from './words.js';

/** What each metric says, exactly: what counts, what does not, in what unit, where from. */

const STAGE_ES = {
  without: 'Los casos unidos a otro o tirados como spam. Nada se descuenta: noches y esperas cuentan.',
  unit: 'Minutos de reloj, mediana de las veces; también media y p90.',
  source: 'Los cambios de estado del caso.',
};
const STAGE_EN = {
  without: 'Cases merged into another or put away as spam. Nothing is left out: nights and waiting count.',
  unit: 'Minutes on the wall clock, median of the times; average and p90 as well.',
  source: 'The status changes of the case.',
};

const ES: Record<AnalysisMetric, MetricWords> = {
  sla_met: {
    title: 'Plazos cumplidos',
    counts:
      'Cada plazo del cliente (primera ayuda, respuesta, novedades prometidas, volver a estar conectado y solución), el día en que se decide: cuando se cumple, o cuando vence sin cumplirse.',
    without: 'Los que aún corren, los que acaban sin que nadie espere ya, los relojes del equipo y los de silencio.',
    unit: 'Parte de los plazos que se cumplió a tiempo.',
    source: 'Los relojes del caso. El canal es aquel por el que entró el caso.',
  },
  promises_kept: {
    title: 'Promesas cumplidas',
    counts:
      'Cada promesa al cliente, cuando se cumple o, si no, cuando vence. Está cumplida la que se cumplió antes de su hora.',
    without: 'Las retiradas y las que aún no vencen. Una cumplida tarde cuenta como no cumplida.',
    unit: 'Parte de las promesas que se cumplió a su hora.',
    source: 'Las promesas de la historia del caso. La persona es quien prometió.',
  },
  first_useful_action: {
    title: 'Hasta la primera ayuda',
    counts: 'Lo que pasa desde que se abre un caso hasta que alguien nuestro hace algo útil, el día en que lo hace.',
    without: 'Un simple «pásate por la tienda» no es útil. Los casos que aún esperan no tienen valor todavía.',
    unit: 'Minutos de reloj, mediana de los casos; también media y p90.',
    source: 'El reloj de primera ayuda del cliente.',
  },
  time_to_relief: {
    title: 'Hasta volver a estar conectado',
    counts:
      'Lo que pasa desde que al cliente le falta algo (llamadas, datos, apps, fotos…) hasta que no le falta nada, o lo tiene por otro medio.',
    without: 'Quien sigue sin ello no tiene valor todavía: está en «Satisfechos sobre el papel» o vencido.',
    unit: 'Minutos de reloj, mediana de las veces; también media y p90.',
    source: 'El reloj «Volver a estar conectado» del cliente.',
  },
  had_to_ask: {
    title: 'Tuvo que preguntar',
    counts:
      'El cliente escribe, llama o viene mientras le debemos algo que ya llega tarde: unas novedades prometidas o una respuesta. Una vez por caso y día, por la primera de ese día.',
    without: 'Lo que escribe antes de que algo llegue tarde, aunque espere novedades, y lo que nadie teclea.',
    unit: 'Veces (casos y días).',
    source: 'Mensajes, llamadas y visitas, con las promesas y los relojes del caso. El canal es por el que preguntó.',
  },
  told_again: {
    title: 'Lo contó otra vez',
    counts: 'Cada vez que al cliente se le preguntó, o tuvo que decir, lo que ya sabíamos.',
    without: 'Las que alguien miró y descartó.',
    unit: 'Veces.',
    source: 'Lo apuntado en el caso. La persona es quien lleva el caso, no quien lo apuntó.',
  },
  handlers: {
    title: 'Personas por caso',
    counts:
      'Las personas nuestras que hablaron con el cliente o tuvieron el caso asignado, en cada caso que se cierra.',
    without: 'Quien solo lo miró o dejó una nota, los casos unidos a otro y los tirados como spam.',
    unit: 'Personas distintas, media de los casos cerrados.',
    source: 'Los mensajes, llamadas y visitas del caso y sus asignaciones.',
  },
  reopened: {
    title: 'Volvieron',
    counts: 'Cada vez que un caso restablecido o cerrado vuelve a estar en marcha, el día en que vuelve.',
    without: 'Lo que se abre como caso nuevo y deshacer una unión de casos.',
    unit: 'Veces.',
    source: 'Los cambios de estado del caso.',
  },
  on_paper_now: {
    title: 'Satisfechos sobre el papel, ahora',
    counts:
      'Casos abiertos con todos los indicadores en verde (nada llega tarde, nadie espera respuesta, no llevamos demasiado callados) y en los que al cliente aún le falta algo, sin que lo tenga por otro medio. Es como está ahora, sea cual sea el período.',
    without: 'Los que tienen algo vencido o esperan respuesta: esos ya se ven en «Ahora».',
    unit: 'Casos. Los días son los de apertura.',
    source: 'Lo que le falta al cliente y los relojes del caso. Es la misma cifra que en «Ahora».',
  },
  on_paper: {
    title: 'Satisfechos sobre el papel',
    counts:
      'Casos restablecidos o cerrados con todos los plazos del cliente cumplidos, y que vuelven porque le faltaba algo o no estaba bien. El día en que vuelven.',
    without: 'Los que vuelven con algún plazo vencido: están solo en «Volvieron».',
    unit: 'Veces.',
    source: 'Los cambios de estado y los relojes del caso.',
  },
  stage_received: {
    ...STAGE_ES,
    title: 'De recibido a entendido',
    counts: 'Lo que un caso pasa como recibido, el día en que sale de ahí.',
  },
  stage_understood: {
    ...STAGE_ES,
    title: 'De entendido a en solución',
    counts: 'Lo que un caso pasa como entendido, cada vez que sale de ahí.',
  },
  stage_in_solution: {
    ...STAGE_ES,
    title: 'De en solución a restablecido',
    counts: 'Lo que un caso pasa en solución o en espera, cada vez que sale de ahí.',
  },
  stage_restored: {
    ...STAGE_ES,
    title: 'De restablecido a cerrado',
    counts: 'Lo que un caso pasa como restablecido, cada vez que sale de ahí: al cerrarse o porque vuelve.',
  },
  goodwill: {
    title: 'Lo que se ha dado',
    counts:
      'Lo que se da a los clientes por las molestias, el día en que se decide; de los descuentos, cada día que cuenta, ese día. Los puntos, por lo que valen.',
    without:
      'Lo que manda la ley, que es otro libro; el trato especial, que no cuesta; lo rechazado, lo retirado y lo que espera una decisión. Otras monedas: se miran una a una.',
    unit: 'Importe en una moneda, la suma.',
    source:
      'El libro de compensaciones. La persona es quien lo dio; la tienda, la suya o aquella a la que vino el cliente.',
  },
};

const EN: Record<AnalysisMetric, MetricWords> = {
  sla_met: {
    title: 'Deadlines met',
    counts:
      'Each deadline of the customer (first help, answer, promised update, relief and solution), on the day it is decided: when it is met, or when it is due and has not been.',
    without: 'Those that still run, those that end because nobody waits any more, clocks of the team and of silence.',
    unit: 'Part of the deadlines that was met in time.',
    source: 'The clocks of the case. The channel is the one the case came in by.',
  },
  promises_kept: {
    title: 'Promises kept',
    counts:
      'Each promise to a customer, when it is kept or, if it is not, when it is due. Kept means kept by its time.',
    without: 'Those withdrawn and those not due yet. One that was kept late counts as not kept.',
    unit: 'Part of the promises that was kept in time.',
    source: 'The promises of the story of the case. The person is who promised.',
  },
  first_useful_action: {
    title: 'Time to first help',
    counts: 'From the opening of a case until one of us does something useful, on the day they do.',
    without: 'A bare “go to the store” is not useful. Cases that still wait have no value yet.',
    unit: 'Minutes on the wall clock, median of the cases; average and p90 as well.',
    source: 'The customer’s clock for first help.',
  },
  time_to_relief: {
    title: 'Time to relief',
    counts:
      'From when the customer lacks something (calls, data, apps, photos…) until they lack nothing, or have it by other means.',
    without: 'Who is still without it has no value yet: they stand in “Satisfied on paper” or as late.',
    unit: 'Minutes on the wall clock, median of the times; average and p90 as well.',
    source: 'The customer’s clock for relief.',
  },
  had_to_ask: {
    title: 'Customer had to ask',
    counts:
      'The customer writes, calls or comes by while we owe them something that is late already: a promised update or an answer. Once per case and day, by the first of that day.',
    without: 'What they write before anything is late, even while they wait for an update, and what nobody typed.',
    unit: 'Times (cases and days).',
    source:
      'Messages, calls and visits, with the promises and clocks of the case. The channel is the one they asked by.',
  },
  told_again: {
    title: 'Told us again',
    counts: 'Each time a customer was asked, or had to say, what we knew already.',
    without: 'Those somebody looked at and dismissed.',
    unit: 'Times.',
    source: 'What was noted on the case. The person is who has the case, not who noted it.',
  },
  handlers: {
    title: 'People per case',
    counts: 'The people of ours who spoke with the customer or had the case assigned, in each case that is closed.',
    without: 'Who only looked or left a note, cases merged into another and those put away as spam.',
    unit: 'Different people, average of the closed cases.',
    source: 'The messages, calls and visits of the case and its assignments.',
  },
  reopened: {
    title: 'Came back',
    counts: 'Each time a case that was restored or closed is under way again, on the day it comes back.',
    without: 'What is opened as a new case, and merges that are undone.',
    unit: 'Times.',
    source: 'The status changes of the case.',
  },
  on_paper_now: {
    title: 'Satisfied on paper, now',
    counts:
      'Open cases with every measure green (nothing is late, nobody waits for an answer, we have not been silent for too long) and in which the customer still lacks something, without having it by other means. It is how things stand now, whatever the period.',
    without: 'Those with something late or waiting for an answer: “Now” shows them already.',
    unit: 'Cases. The days are those of their opening.',
    source: 'What the customer lacks and the clocks of the case. It is the same figure as under “Now”.',
  },
  on_paper: {
    title: 'Satisfied on paper',
    counts:
      'Cases restored or closed with every deadline of the customer met, and that come back because something was missing or was not well. On the day they come back.',
    without: 'Those that come back with a deadline missed: they stand in “Came back” alone.',
    unit: 'Times.',
    source: 'The status changes and the clocks of the case.',
  },
  stage_received: {
    ...STAGE_EN,
    title: 'Received to understood',
    counts: 'How long a case stands as received, on the day it leaves that.',
  },
  stage_understood: {
    ...STAGE_EN,
    title: 'Understood to in solution',
    counts: 'How long a case stands as understood, each time it leaves that.',
  },
  stage_in_solution: {
    ...STAGE_EN,
    title: 'In solution to restored',
    counts: 'How long a case is in solution or waiting, each time it leaves that.',
  },
  stage_restored: {
    ...STAGE_EN,
    title: 'Restored to closed',
    counts: 'How long a case stands as restored, each time it leaves that: when it is closed, or comes back.',
  },
  goodwill: {
    title: 'What was given',
    counts:
      'What customers are given for their trouble, on the day it is decided; of discounts every day that counts, on that day. Points by what they are worth.',
    without:
      'What the law says, which is another ledger; special care, which costs nothing; what was refused, taken back or waits for a decision. Other currencies: they are looked at one by one.',
    unit: 'Amount in one currency, the sum.',
    source: 'The ledger of goodwill. The person is who gave it; the store theirs, or the one the customer came to.',
  },
};

export const METRIC_WORDS: Record<Language, Record<AnalysisMetric, MetricWords>> = { es: ES, en: EN };

/** What the detail of a row says. */
export const ROW_DETAILS: Record<Language, Record<string, string>> = {
  es: {
    first_useful_action: 'Primera ayuda',
    next_response: 'Respuesta',
    next_update: 'Novedades prometidas',
    relief: 'Alivio',
    resolution: 'Solución',
    update: 'Escribir con novedades',
    other: 'Otra promesa',
    update_late: 'Novedades prometidas, tarde',
    answer_late: 'Respuesta, tarde',
    agent_asked: 'Se lo preguntamos',
    customer_said: 'Lo dijo el cliente',
    new: 'A recibido',
    understood: 'A entendido',
    in_solution: 'A en solución',
    waiting: 'A en espera',
    restored: 'A restablecido',
    closed: 'A cerrado',
    fee_discount: 'Descuento en la cuota',
    voucher: 'Bono',
    repair_contribution: 'Para la reparación',
    points: 'Puntos',
  },
  en: {
    first_useful_action: 'First help',
    next_response: 'Answer',
    next_update: 'Promised update',
    relief: 'Relief',
    resolution: 'Solution',
    update: 'Write with news',
    other: 'Another promise',
    update_late: 'Promised update, late',
    answer_late: 'Answer, late',
    agent_asked: 'We asked',
    customer_said: 'The customer said so',
    new: 'To received',
    understood: 'To understood',
    in_solution: 'To in solution',
    waiting: 'To waiting',
    restored: 'To restored',
    closed: 'To closed',
    fee_discount: 'Discount on the fee',
    voucher: 'Voucher',
    repair_contribution: 'Towards the repair',
    points: 'Points',
  },
};
