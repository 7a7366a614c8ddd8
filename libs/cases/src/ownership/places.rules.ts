/** Where things are, as far as a city's name or the first two digits of a Spanish postcode tell: the capital of the province. */

export interface Place {
  lat: number;
  lon: number;
}

type Province = [code: string, name: string, lat: number, lon: number];

const PROVINCES: readonly Province[] = [
  ['01', 'Vitoria', 42.85, -2.67],
  ['02', 'Albacete', 38.99, -1.86],
  ['03', 'Alicante', 38.35, -0.48],
  ['04', 'Almería', 36.84, -2.46],
  ['05', 'Ávila', 40.66, -4.7],
  ['06', 'Badajoz', 38.88, -6.97],
  ['07', 'Palma', 39.57, 2.65],
  ['08', 'Barcelona', 41.39, 2.17],
  ['09', 'Burgos', 42.34, -3.7],
  ['10', 'Cáceres', 39.47, -6.37],
  ['11', 'Cádiz', 36.53, -6.29],
  ['12', 'Castellón', 39.99, -0.04],
  ['13', 'Ciudad Real', 38.99, -3.93],
  ['14', 'Córdoba', 37.88, -4.78],
  ['15', 'A Coruña', 43.37, -8.4],
  ['16', 'Cuenca', 40.07, -2.14],
  ['17', 'Girona', 41.98, 2.82],
  ['18', 'Granada', 37.18, -3.6],
  ['19', 'Guadalajara', 40.63, -3.17],
  ['20', 'San Sebastián', 43.32, -1.98],
  ['21', 'Huelva', 37.26, -6.95],
  ['22', 'Huesca', 42.14, -0.41],
  ['23', 'Jaén', 37.77, -3.79],
  ['24', 'León', 42.6, -5.57],
  ['25', 'Lleida', 41.62, 0.62],
  ['26', 'Logroño', 42.47, -2.45],
  ['27', 'Lugo', 43.01, -7.56],
  ['28', 'Madrid', 40.42, -3.7],
  ['29', 'Málaga', 36.72, -4.42],
  ['30', 'Murcia', 37.99, -1.13],
  ['31', 'Pamplona', 42.81, -1.65],
  ['32', 'Ourense', 42.34, -7.86],
  ['33', 'Oviedo', 43.36, -5.85],
  ['34', 'Palencia', 42.01, -4.53],
  ['35', 'Las Palmas', 28.12, -15.43],
  ['36', 'Pontevedra', 42.43, -8.64],
  ['37', 'Salamanca', 40.97, -5.66],
  ['38', 'Santa Cruz de Tenerife', 28.47, -16.25],
  ['39', 'Santander', 43.46, -3.81],
  ['40', 'Segovia', 40.94, -4.11],
  ['41', 'Sevilla', 37.39, -5.99],
  ['42', 'Soria', 41.76, -2.46],
  ['43', 'Tarragona', 41.12, 1.25],
  ['44', 'Teruel', 40.34, -1.11],
  ['45', 'Toledo', 39.86, -4.02],
  ['46', 'Valencia', 39.47, -0.38],
  ['47', 'Valladolid', 41.65, -4.72],
  ['48', 'Bilbao', 43.26, -2.93],
  ['49', 'Zamora', 41.5, -5.75],
  ['50', 'Zaragoza', 41.65, -0.89],
  ['51', 'Ceuta', 35.89, -5.32],
  ['52', 'Melilla', 35.29, -2.94],
];

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

const POSTCODE = /^\d{5}$/u;

/**
 * @param typed a city or a postcode
 * @param known places with names of their own, which are nearer to the truth than a capital: stores
 * @returns null when nobody knows where that is
 */
export function placeOf(
  typed: string,
  known: readonly (Place & { city: string; postcode: string | null })[] = [],
): Place | null {
  const said = fold(typed);
  if (POSTCODE.test(said)) {
    const exact = known.find(({ postcode }) => postcode === said);
    const province = PROVINCES.find(([code]) => said.startsWith(code));
    return exact ? { lat: exact.lat, lon: exact.lon } : province ? { lat: province[2], lon: province[3] } : null;
  }
  const city = known.filter((each) => fold(each.city) === said);
  if (city.length > 0)
    return {
      lat: city.reduce((sum, { lat }) => sum + lat, 0) / city.length,
      lon: city.reduce((sum, { lon }) => sum + lon, 0) / city.length,
    };
  const capital = PROVINCES.find(([, name]) => fold(name) === said);
  return capital ? { lat: capital[2], lon: capital[3] } : null;
}

const EARTH_KM = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Kilometres as the crow flies (haversine). */
export function distanceKm(a: Place, b: Place): number {
  const [dLat, dLon] = [radians(b.lat - a.lat), radians(b.lon - a.lon)];
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Where a store is, on a map anybody can open. */
export const mapUrl = ({ lat, lon }: Place): string =>
  `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=18/${lat}/${lon}`;
