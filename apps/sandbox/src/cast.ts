import type { NewPerson } from './people.js';

/**
 * The people of the demo. Their X user ids are fixed, so that a product with a memory recognises them after the sandbox
 * was started anew. Some are smaller and some larger than the care account's: conversation ids come both ways round.
 */
export const DEMO_CAST: readonly (NewPerson & { twitterId: string; handle: string })[] = [
  person('1540000000000000101', 'Lucía Ferrer Aguado', 'lucia_ferrer', 'lucia.ferrer@correo.test', '+34612407718'),
  person('1912000000000000102', 'Antonio Bermejo', 'antonio_bermejo', 'antonio.bermejo@correo.test', '+34629114052'),
  person('1388000000000000103', 'Nuria Campos', 'nuriacampos', 'nuria.campos@correo.test', '+34655203981'),
  person(
    '1804000000000000104',
    'Hassan El Idrissi',
    'hassan_elidrissi',
    'hassan.elidrissi@correo.test',
    '+34688750143',
  ),
  person('1275000000000000105', 'Pilar Ortega Sanchis', 'pilar_ortega', 'pilar.ortega@correo.test', '+34610938257'),
  person('1663000000000000106', 'Gema Pardo Llorente', 'gemapardo', 'gema.pardo@correo.test', '+34647022816'),
  person('1957000000000000107', 'Begoña Uriarte', 'bego_uriarte', 'begona.uriarte@correo.test', '+34606481930'),
  person('1491000000000000108', 'Óscar Prieto', 'oscar_prieto', 'oscar.prieto@correo.test', '+34633579204'),
  person('1730000000000000109', 'Inés Quiroga', 'ines_quiroga', 'ines.quiroga@correo.test', '+34619860375'),
  person('1845000000000000110', 'Dmytro Kovalenko', 'dkovalenko', 'dmytro.kovalenko@correo.test', '+34671345098'),
  person('1322000000000000111', 'Mercè Soler i Vidal', 'merce_soler', 'merce.soler@correo.test', '+34654907162'),
];

function person(twitterId: string, displayName: string, handle: string, email: string, phone: string) {
  return { twitterId, displayName, handle, email, phone };
}
