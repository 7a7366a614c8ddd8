import type { HandoffOutcome } from '#contracts';
import type { Sentence } from './reply.text.rules.js';

/** What a sentence of a partner says, in Spanish and English. Rather nothing than the wrong thing: a word moves a handoff. */

export type Intent =
  | 'accepted'
  | 'rejected'
  | 'asked'
  | 'in_progress'
  | 'received'
  | 'dispatched'
  | 'resolved'
  | 'eta'
  | 'acknowledged'
  // Of whoever gave the work.
  | 'cancelled'
  | 'closed'
  | 'reopened'
  | 'approved'
  | 'declined';

/** What makes a sentence say nothing yet: it denies, or speaks of what may be or is to come. */
const DENIES = /\b(?:no|not|never|nunca|sin|unable|cannot|tampoco)\b|n't\b|\bcant\b/u;
const TO_COME =
  /\b(?:sera|seran|estara|estaran|vamos a|van? a|will|'ll|to be|would|shall|once|when|cuando|una vez|si|if|unless|en cuanto|as soon as|podria|podriamos|could|should|para (?:ser|su)|pendiente|pending|before|antes de|until|hasta que|necesit\w*|need|prev(?:emos|isto)|espera(?:mos)?|expect|hope|por favor|please|esperad[oa])\b/u;
const ASKS = /\?|^¿/u;
const DEVICE =
  '(?:terminal|movil|telefono|dispositivo|equipo|aparato|unidad|paquete|smartphone|phone|device|unit|handset|parcel|package|it|box)';

interface Form {
  says: RegExp;
  unless: RegExp[];
}

const FORMS: Record<Exclude<Intent, 'eta' | 'asked'>, Form> = {
  accepted: {
    says: /\b(?:acepto|aceptamos|aceptad[oa]s?|(?:queda|esta) admitid[oa]|admitimos|nos hacemos cargo|nos encargamos|(?:lo|la|este caso|el caso) (?:asumimos|tramitamos|cogemos)|asumimos (?:el|la|este)|(?:i|we)(?:'ve| have| do| hereby)? accept(?:ed)?|(?:is|been|case|request|claim|rma|handoff|repair) accepted|accepted(?= *(?:[.,:;!—-]|$|under|with|as|by|and))|happy to (?:take|accept)|we(?:'ll| will) (?:take (?:it|this|care)|handle (?:it|this))|rma (?:is |has been )?(?:approved|issued|granted|open(?:ed)?|created)|rma (?:aprobad[oa]|concedid[oa]|emitid[oa]|abiert[oa]|cread[oa])|(?:emitimos|abierto|asignado|creado|issued|opened|created|assigned)(?: (?:el|la|un|una|an?|the))? rma|reparacion (?:autorizada|aceptada)|repair (?:authorised|authorized|approved))\b/u,
    unless: [
      DENIES,
      ASKS,
      /\b(?:if|si|once|when|cuando|una vez|until|hasta|before|antes|need|pendiente|pending|aceptais|aceptan ustedes|if you accept|(?:you|customer|cliente) (?:accepts?|have accepted|ha aceptado|accepted)|cannot|quote accepted|presupuesto aceptado|aceptado el presupuesto)\b/u,
    ],
  },
  rejected: {
    says: /\b(?:rechazo|rechazamos|rechazad[oa]|denegad[oa]|denegamos|declinamos|desestimad[oa]|(?:we )?(?:reject|decline|refuse)(?:d)?|denied|(?:no (?:podemos|nos es posible|vamos a|queremos)|imposible) (?:aceptar|asumir|atender|admitir|tramitar|hacernos cargo|encargarnos)(?:l[oa]s?)?|no (?:lo |la |se )?(?:aceptamos|admitimos|acepta|admite)|no procede|(?:we (?:can ?not|can't|cant|are (?:unable|not able) to|won't|will not|do not|don't)|unable to|cannot) (?:accept|take|handle|process|approve)|not accepted|no aceptad[oa])\b/u,
    unless: [
      ASKS,
      /\b(?:(?:if|si|unless|salvo que|until|hasta que|not|no (?:ha sido|esta|lo hemos|se ha)) (?:\w+ ){0,3}(?:rechaz\w+|reject\w*|denegad\w)|without|sin (?:la |el )?(?:factura|imei|autoriz\w+)|llamadas?|calls?)\b/u,
    ],
  },
  received: {
    says: new RegExp(
      `\\b(?:hemos recibido|recibimos|ha (?:llegado|entrado)|nos ha llegado|recibido|we(?:'ve| have)? (?:now )?received|has arrived|arrived|(?:was|been) received|is (?:now )?(?:with us|here)|(?:ya )?(?:lo |la )?tenemos (?:aqui|ya|en)|received)\\b(?=.{0,40}\\b${DEVICE}\\b)|\\b${DEVICE}\\b.{0,30}\\b(?:has arrived|arrived|(?:was|been) received|received|recibid[oa]|ha llegado|llego|is (?:now )?(?:with us|here)|esta (?:ya )?(?:aqui|en (?:nuestro|el) (?:taller|laboratorio|almacen)))\\b`,
      'u',
    ),
    unless: [
      DENIES,
      ASKS,
      TO_COME,
      /\b(?:received your (?:mail|message|request|e-?mail|quer)|recibido (?:su|tu|vuestro|vuestra) (?:correo|mensaje|solicitud|peticion|mail|consulta|aviso))\b/u,
    ],
  },
  in_progress: {
    says: /\b(?:en curso|en proceso|en reparacion|en diagnostico|en el banco|estamos (?:ya )?(?:trabajando|reparando|con (?:ello|el|la|su)|diagnosticando|revisando|mirandolo|probando)|(?:hemos|ha) (?:empezado|comenzado|iniciado)|empezamos|(?:we(?:'re| are)|is|being) (?:now |already |currently )?(?:working on|repairing|diagnosing|looking at|being (?:repaired|diagnosed|worked)|repaired now)|work (?:has )?(?:started|begun)|started (?:work|the repair|repair)|in progress|under (?:repair|diagnosis)|on the bench)\b/u,
    unless: [DENIES, ASKS, TO_COME],
  },
  dispatched: {
    says: new RegExp(
      `\\b(?:(?:hemos|ha sido|se ha|ya) (?:enviado|devuelto|expedido|despachado|remitido|mandado)|(?:enviad|devuelt|expedid|despachad|remitid)[oa](?= (?:hoy|ayer|por|con|via|a (?:la|su|vuestra)|el dia|de vuelta|en)|[.,]|$)|ha salido|sale hoy|sale de vuelta|va de vuelta|de vuelta (?:hacia|a) |(?:has been |was |we(?:'ve| have)? |is |been |and )?(?:shipped|dispatched|sent back|mailed back|returned (?:to|by|via|today|with)|couriered)|on (?:its|the) way back|left (?:our|the) (?:lab|workshop|warehouse|depot))\\b`,
      'u',
    ),
    unless: [
      DENIES,
      ASKS,
      TO_COME,
      /\b(?:presupuesto|quote|correo|e-?mail|mensaje|message|informe|report|factura|invoice|formulario|form|fotos?|photos?|pictures?|link|enlace|documento)\b/u,
    ],
  },
  resolved: {
    // What it came to: `outcomeOf`.
    says: /(?!)/u,
    unless: [],
  },
  acknowledged: {
    says: /\b(?:recibido|acuse|acusamos|tomamos nota|lo (?:miramos|vemos|revisamos)|enterad[oa]s?|received|got it|noted|acknowledged?|we(?:'ll| will) (?:look|check|get back|come back)|looking into)\b/u,
    unless: [],
  },
  cancelled: {
    says: /\b(?:cancel(?:amos|o|ado|ada|led|ed|ling)?|anulamos|anulad[oa]|retiramos|we (?:withdraw|cancel)|withdrawn|please cancel|(?:por favor )?(?:cancelen|anulen|cancelad|anulad))\b/u,
    unless: [DENIES, ASKS, /\b(?:if|si|unless|salvo)\b/u],
  },
  closed: {
    says: /\b(?:cerramos|(?:puede|podeis|pueden) cerrar(?:se|lo|la)?|(?:damos por )?cerrad[oa]|close[sd]?|closing|please close|can be closed|(?:por favor )?cierren)\b/u,
    unless: [DENIES, ASKS],
  },
  reopened: {
    says: /\b(?:reabrimos|reabrir|reabierto|(?:sigue|vuelve a) (?:fallando|fallar|sin funcionar|igual)|(?:mismo|misma) (?:fallo|averia)|re-?open(?:ed|ing)?|still (?:fails|failing|broken|not working|faulty|the same)|same (?:fault|issue|problem) again|back again)\b/u,
    unless: [ASKS],
  },
  approved: {
    says: /\b(?:aprobamos|aprobad[oa]|aceptamos (?:el|su|vuestro) presupuesto|presupuesto (?:aprobado|aceptado)|adelante|we approve|approved|quote (?:approved|accepted)|go ahead|please proceed|procedan)\b/u,
    unless: [DENIES, ASKS],
  },
  declined: {
    says: /\b(?:no (?:aprobamos|aceptamos)|presupuesto (?:rechazado|no aceptado)|rechaza(?:mos|do)? (?:el )?presupuesto|quote (?:declined|rejected|refused)|(?:not|do not|don't|cannot) approved?|decline the quote|too expensive|demasiado caro)\b/u,
    unless: [ASKS],
  },
};

export const says = (intent: keyof typeof FORMS, { folded }: Sentence): boolean =>
  FORMS[intent].says.test(folded) && !FORMS[intent].unless.some((form) => form.test(folded));

const OUTCOMES: [HandoffOutcome, RegExp][] = [
  [
    'unrepairable',
    /\b(?:irreparable|unrepairable|un-?repairable|not repairable|beyond (?:economic(?:al)? )?repair|cannot be (?:repaired|fixed)|can't be (?:repaired|fixed)|no (?:tiene|es posible (?:la|su)|se puede) (?:reparacion|reparar|reparable)|no (?:es|resulta) reparable|siniestro total|reparacion no (?:es )?(?:viable|posible|rentable))\b/u,
  ],
  [
    'no_fault',
    /\b(?:sin (?:averia|fallo)s?(?! (?:alguno )?en)|no (?:fault|trouble|problem|issue|defect)s? found|nff|ntf|(?:could ?n[o']?t|could not|unable to|cannot|can't) (?:reproduce|replicate|find (?:any|a) (?:fault|problem|issue))|no (?:se )?(?:ha|han|hemos)?\s?(?:encontrado|detectado|apreciado|reproducido|podido reproducir) (?:ningun[oa]? |ningun |el |la )?(?:fallo|averia|defecto|problema|anomalia)|no (?:se )?(?:reproduce|reproducimos) (?:el |la )?(?:fallo|averia))\b/u,
  ],
  [
    'replaced',
    /\b(?:(?:terminal|movil|telefono|equipo|dispositivo|unidad|aparato) (?:ha sido |se ha |fue )?(?:sustituid|cambiad|reemplazad)[oa]|(?:sustituid|cambiad|reemplazad)[oa] (?:por|el (?:terminal|movil|telefono|equipo))|hemos (?:sustituido|cambiado|reemplazado) (?:el|su|vuestro) (?:terminal|movil|telefono|equipo|dispositivo|aparato)|(?:device|phone|unit|handset)(?: has been| was| is)? (?:replaced|swapped|exchanged)|replaced (?:it|the (?:whole )?(?:unit|device|phone|handset)|with a new (?:unit|device|phone))|swapped (?:it|for|with))\b/u,
  ],
  [
    'repaired',
    /\b(?:reparad[oa]s?|arreglad[oa]s?|solucionad[oa]s?|resuelt[oa]s?|subsanad[oa]s?|reparacion (?:finalizada|terminada|completada|realizada|hecha)|hemos (?:reparado|arreglado|solucionado|sustituido|cambiado|reemplazado)|repaired|fixed|resolved|repair (?:is |has been )?(?:completed?|done|finished)|(?:new|replaced the) (?:screen|display|battery|board|port|camera|module) (?:fitted|installed)?|replaced the (?:screen|display|battery|board|mainboard|port|connector|camera|module|glass))\b/u,
  ],
];
const NOT_YET =
  /\b(?:aun|todavia|not yet|yet to|en (?:dos|tres|\d+) (?:dias|semanas)|sin reparar|por reparar|ser reparad[oa]|be (?:repaired|fixed|replaced|resolved)|before|presupuesto|quote|cost of|coste de|precio de)\b/u;

/** What the work came to, where a sentence says that it is done. */
export function outcomeOf({ folded }: Sentence): HandoffOutcome | null {
  if (ASKS.test(folded)) return null;
  for (const [outcome, form] of OUTCOMES) {
    if (!form.test(folded) || TO_COME.test(folded.replace(/^.*?\bpor favor\b/u, ''))) continue;
    const isPlain = outcome === 'repaired' || outcome === 'replaced';
    if (isPlain && (DENIES.test(folded) || NOT_YET.test(folded))) continue;
    return outcome;
  }
  return null;
}

const ADVISES =
  /\b(?:recomendamos|aconsejamos|sugerimos|les sugiero|le recomiendo|we (?:recommend|advise|suggest)|our (?:advice|recommendation)|nuestra recomendacion|try (?:to|a|the)|prueb(?:en|a|e) (?:a|con)|deben? (?:hacer|actualizar|restaurar|restablecer))\b/u;
export const advises = ({ folded }: Sentence): boolean => ADVISES.test(folded) && !ASKS.test(folded);

const SPEAKS_OF_WHEN =
  /\b(?:eta|previst[oa]s?|prevision|prevemos|estimad[oa]s?|estimated?|estimamos|list[oa]s?|ready|expect(?:ed)?|esperamos|plazo|retras[oa]\w*|demora\w*|delay(?:ed|s)?|slip(?:s|ped)?|postponed?|aplaz\w+|retorno|devol(?:ucion|veremos|vemos)|sera|seran|estara|lo tendr\w+|tendremos|llegara|terminara\w*|acabar\w+|finaliza\w*|will be|we(?:'ll| will)|should be|by (?:the |next |this |end |tomorrow|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|para el|antes del?|no later than|will arrive|nueva fecha|new date|instead of|(?:in|en)(?: about| unos)? (?:\d|two|three|dos|tres|una?\b|one|a\b)|dentro de|within|takes?|tardar\w*|due|(?:date|fecha) (?:is|es|pasa|moves?))\b/u;
const OTHER_DAYS =
  /\b(?:comprad[oa]|fecha de compra|purchased?|bought|recib\w+|received|valid(?:o|a|ez)?|vigente|expires?|caduca|abrimos|abierto|opened|cerrado|closed|holiday|festivo|vacaciones|garantia (?:termina|acaba|hasta)|warranty (?:ends|until|expired)|desde|since|was|were|fue|era|estaba|sent|enviad[oa]|enviamos|llam\w+|called|quote|if|si|unless|salvo)\b/u;
const A_DAY =
  /^(?:el |on |for |para el |next )?(?:lunes|martes|miercoles|jueves|viernes|(?:mon|tues|wednes|thurs|fri)day|\d[\d/.-]+|\d{1,2} (?:de )?\p{L}+|tomorrow|manana)(?: [\p{L}\d]+){0,3}[.!]?$/u;
/** Whether a sentence, or part of one, says when something will be; a day alone does. */
export const speaksOfWhen = ({ folded }: Pick<Sentence, 'folded'>): boolean =>
  (SPEAKS_OF_WHEN.test(folded) || A_DAY.test(folded)) && !OTHER_DAYS.test(folded) && !ASKS.test(folded);
/** A day that is only a new promise: of the three it is the one that says so. */
export const slips = ({ folded }: Pick<Sentence, 'folded'>): boolean =>
  /\b(?:retras\w+|demora\w*|delay\w*|slip\w*|postpon\w*|aplaz\w+|nueva fecha|new (?:date|eta)|instead of|en (?:lugar|vez) de)\b/u.test(
    folded,
  );

const POLITE =
  /\b(?:como est[aa]s?|que tal|how are you|all (?:good|well)|any (?:further |other )?questions?|alguna (?:duda|pregunta)|ok\?|vale\?|verdad\?)(?!\w)/u;
const REQUESTS =
  /\b(?:nos faltan?|nos hacen? falta|necesit(?:amos|ariamos|o)|precisamos|requerimos)\b|^(?:por favor,? )?(?:faltan?|hacen? falta|indiqu(?:en|enos)|indicadnos|envien(?:os)?|enviadnos|manden(?:os)?|mandadnos|faciliten(?:os)?|facilitadnos|confirmen|confirmad|adjunten|digannos|decidnos)\b|\b(?:podeis|pueden|podrian|podriais|puede|podria) (?:por favor )?(?:confirmar|enviar|mandar|indicar|facilitar|decir|adjuntar|pasar)\w*|^(?:please|kindly|could you|can you|would you|pls)\b.{0,20}\b(?:confirm|send|provide|let us know|tell|attach|share|forward|advise|check|clarify)\b|\bwe (?:still )?(?:need|require|are missing|would need)\b|^(?:we )?(?:missing|required):?/u;
const NO_REQUEST =
  /\b(?:cierren|close|allow|disculp\w+|excuse|dias (?:para|mas)|more (?:time|days)|(?:need|necesit\w+) (?:unos |about |another |\d+ )?(?:\d+ |dos |tres |two |three )?(?:dias|days|horas|hours|semanas|weeks|mas tiempo|more time))\b/u;

/** Whether a sentence wants to know something of us. */
export const asks = ({ folded }: Sentence): boolean =>
  (ASKS.test(folded) && !POLITE.test(folded)) || (REQUESTS.test(folded) && !NO_REQUEST.test(folded));
