import { z } from 'zod';
import type { ImeiProblem } from './imei.rules.js';
import type { Language } from './words.js';

/** What can be wrong with a phone: one closed list, so that the same fault is known again. */
export const FaultKind = z.enum([
  'no_power',
  'restarts',
  'battery',
  'charging',
  'screen',
  'touch',
  'sound',
  'microphone',
  'camera',
  'buttons',
  'network',
  'sim',
  'wireless',
  'overheating',
  'software',
  'liquid',
  'casing',
  'other',
]);
export type FaultKind = z.infer<typeof FaultKind>;

export const FAULT_WORDS: Record<FaultKind, Record<Language, string>> = {
  no_power: { es: 'No enciende', en: 'Does not turn on' },
  restarts: { es: 'Se apaga o se reinicia', en: 'Turns off or restarts' },
  battery: { es: 'Batería', en: 'Battery' },
  charging: { es: 'No carga', en: 'Does not charge' },
  screen: { es: 'Pantalla', en: 'Screen' },
  touch: { es: 'El táctil no responde', en: 'Touch does not respond' },
  sound: { es: 'Altavoz o auricular', en: 'Speaker or earpiece' },
  microphone: { es: 'Micrófono', en: 'Microphone' },
  camera: { es: 'Cámara', en: 'Camera' },
  buttons: { es: 'Botones o huella', en: 'Buttons or fingerprint' },
  network: { es: 'Sin cobertura', en: 'No network' },
  sim: { es: 'No lee la SIM', en: 'Does not read the SIM' },
  wireless: { es: 'Wi-Fi o Bluetooth', en: 'Wi-Fi or Bluetooth' },
  overheating: { es: 'Se calienta', en: 'Overheats' },
  software: { es: 'Software', en: 'Software' },
  liquid: { es: 'Se ha mojado', en: 'Got wet' },
  casing: { es: 'Carcasa', en: 'Casing' },
  other: { es: 'Otra cosa', en: 'Something else' },
};

/** `other` says nothing that could be said again. */
export const canReturn = (fault: FaultKind): boolean => fault !== 'other';

/** Why a number is no IMEI, to whoever typed it. Words in braces are values. */
const PROBLEM_WORDS: Record<ImeiProblem, Record<Language, string>> = {
  empty: { es: 'Escribe o escanea el IMEI.', en: 'Type or scan the IMEI.' },
  letters: { es: 'Un IMEI solo lleva cifras.', en: 'An IMEI has digits only.' },
  too_short: { es: 'Faltan cifras: hay {digits} y son 15.', en: 'Digits are missing: there are {digits} of 15.' },
  too_long: { es: 'Sobran cifras: hay {digits} y son 15.', en: 'There are too many digits: {digits}, not 15.' },
  check_digit: {
    es: 'No cuadra: alguna cifra está mal. La última es de control y aquí tendría que ser {last}.',
    en: 'It does not add up: some digit is wrong. The last one is a check digit and would have to be {last} here.',
  },
  check_missing: {
    es: 'Hay 14 cifras: si falta la última, es {last}.',
    en: 'There are 14 digits: if the last one is missing, it is {last}.',
  },
  same_digit: { es: 'Todas las cifras son iguales: no es un IMEI.', en: 'All digits are the same: that is no IMEI.' },
};

/** The reason in words. */
export const imeiProblemText = (
  { problem, digits, meant }: { problem: ImeiProblem; digits: number; meant?: string },
  language: Language,
): string =>
  PROBLEM_WORDS[problem][language].replace('{digits}', String(digits)).replace('{last}', meant?.slice(-1) ?? '');
