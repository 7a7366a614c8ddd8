import type { AskedFact } from './story.js';

/** Pure rules that read what is written: does it ask for something we hold, does somebody say they have explained it already. */

const plainText = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’`´]/gu, "'").replace(/\s+/gu, ' ');

/** Without a question mark, words that ask for what follows them. "Te paso el IMEI" and "with your IMEI at hand" ask for nothing. */
const ASK =
  /\b(?:dime|dinos|diganos|digame|indic(?:a|anos|ame|ar|aras)|indiqu\w+|facilit\w+|envia(?:me|nos)|manda(?:me|nos)|pasa(?:me|nos)|necesit(?:o|amos)|confirma(?:me|nos)?|confirm(?:e|ame)|escribe(?:me|nos)|explica(?:me|nos)|cuenta(?:me|nos)|describe(?:me|nos)?|please|tell (?:me|us)|send (?:me|us)|give (?:me|us)|i need|we need|confirm)\b/u;
/** What we offer is no question for what we hold. */
const OFFER =
  /\b(?:te|le|os|les) (?:llam(?:o|amos|are|aremos|ara)|escrib\w+|envi\w+|mand\w+)|\b(?:call|write to|reach) you\b/u;

const SUBJECTS: Record<AskedFact, RegExp> = {
  imei: /\bimei\b|\bnumero de serie\b|\bserial number\b/u,
  model:
    /\b(?:que|cual|what|which)(?: (?:es|tipo|de|el|tu|su|is|the|your|kind|of)){0,4} (?:modelo|movil|telefono|terminal|dispositivo|model|phone|device)\b(?! number)|\b(?:modelo|model) (?:de|of|del|is|exacto)\b|\b(?:tu|su|your|el|the) (?:modelo|model)\b/u,
  phone:
    /\b(?:tu|su) (?:numero|telefono)\b(?! de (?:caso|serie|referencia|pedido))|\b(?:numero de (?:telefono|movil|contacto)|telefono de contacto|(?:phone|contact|mobile) number)\b/u,
  email:
    /\b(?:tu|su|un|el|your|an|the)(?: \w+)? (?:correo(?: electronico)?|e-?mail(?: address)?|direccion de correo)\b/u,
  name: /\b(?:tu|su|your)(?: full| complete)? (?:nombre|name)\b|\bcomo (?:te llamas|se llama)\b/u,
  reference:
    /\b(?:numero|codigo|referencia|number|code|reference)(?: of| de| del)?(?: the| tu| su| your)? (?:caso|case|incidencia)\b|\b(?:case|ticket) (?:number|code|reference)\b|\b(?:tu|su|your) (?:referencia|reference)\b/u,
  problem:
    /\b(?:que|what)(?: te| le| es lo que)?(?: ha)? (?:pasa|pasado|ocurre|ocurrido|sucede|sucedido|happened|happens|went wrong)\b|\b(?:explica|cuenta|explique|cuente|describe|describa|explain)\w*(?: me| nos| us)? (?:(?:de nuevo|otra vez|again) )?(?:que|lo que|el|tu|su|what|the|your) ?(?:ha|te|le|problema|problem|pasa|ocurre|happened|issue)|\bwhat is the (?:problem|matter|issue)\b|\bcual es el problema\b/u,
};

/**
 * What a text to a customer asks for.
 * @param text as an agent types it, Spanish or English
 */
export function askedFor(text: string): AskedFact[] {
  const sentences = plainText(text).split(/(?<=[.?!])\s|\n/u);
  const asked = new Set<AskedFact>();
  for (const sentence of sentences) {
    if (!(sentence.includes('?') || ASK.test(sentence)) || OFFER.test(sentence)) continue;
    for (const [fact, subject] of Object.entries(SUBJECTS) as [AskedFact, RegExp][])
      if (subject.test(sentence)) asked.add(fact);
  }
  return [...asked];
}

const EXPLAINED =
  /\bya (?:se )?(?:(?:os|te|le|les|lo|la|me) ){0,2}(?:(?:he|habia|hemos) (?:explicado|contado|dicho|repetido|enviado|mandado|dado)|(?:explique|conte|dije|envie|mande|di))\b|\b(?:explicar(?:lo)?|contar(?:lo)?|repetir(?:lo)?|decir(?:lo)?)(?: todo| lo mismo)? (?:otra vez|de nuevo|una vez mas)\b|\b(?:otra vez|de nuevo) (?:lo mismo|tengo que|la misma historia)\b|\b(?:cuantas|tantas) veces\b[^.?!]{0,30}\b(?:explicar|contar|repetir|decir)|\bes la (?:segunda|tercera|cuarta|quinta|enesima) vez que (?:lo |os |te |se lo )*(?:explico|cuento|digo|repito)\b|\balready (?:told|explained|said|sent|gave|given|mentioned|went through)\b|\b(?:explain|tell|say|repeat)(?: it| this| that| you| everything| myself| all){0,3} (?:again|once more|all over again|over again)\b|\bhow many times\b[^.?!]{0,30}\b(?:explain|tell|repeat|say)|\brepeat(?:ing)? myself\b|\b(?:second|third|fourth|fifth|nth) time i(?:'m| am|'ve| have)? (?:explain|tell|say|told)/u;

/** Whether a customer says that they have explained this before. A suggestion: a person confirms or dismisses it. */
export const saysAlreadyTold = (text: string): boolean => EXPLAINED.test(plainText(text));

const NO =
  /^\W*(?:no|nada|tampoco|not?|nope)\b(?!\W*(?:hay|tengo) (?:ningun )?(?:problema|queja)|\W*(?:problem|worries|issues?)\b)|\b(?:sigue|siguen|continua|vuelve|sigo) (?:sin|fallando|igual|a fallar|apagandose)|\bno (?:funciona|va|esta|se|puedo|me)\b|\b(?:still|does(?:n't| not)|isn't|is not|not) (?:broken|work|working|fixed|solved|ok|okay|fine|happening)\b|\bstill (?:not|no|can't|cannot|without)\b/u;
const YES =
  /^\W*(?:si|yes|yep|yeah|ok|okey|vale|perfecto|todo (?:bien|ok|perfecto|correcto|funciona)|todo va|all (?:good|well|fine)|everything (?:works|is (?:fine|good|ok))|genial|estupendo|great|perfect)\b/u;

/** What an answer to "is all well?" says. Doubt is `unclear`: a person reads it. */
export function readSolvedAnswer(text: string): 'yes' | 'no' | 'unclear' {
  const plain = plainText(text);
  if (NO.test(plain)) return 'no';
  return YES.test(plain) && !/\b(?:pero|but|aunque|except|salvo|menos)\b/u.test(plain) ? 'yes' : 'unclear';
}
