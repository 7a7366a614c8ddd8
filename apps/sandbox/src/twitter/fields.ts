import { problems } from './problem.js';

type Query = Record<string, string | string[] | undefined>;

/** The comma-separated names a query parameter asks for. @throws XProblem 400 naming the first unknown one */
export function asked(query: Query, parameter: string, known: readonly string[]): Set<string> {
  const given = [query[parameter] ?? []]
    .flat()
    .flatMap((value) => value.split(','))
    .filter((name) => name !== '');
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const message = `The \`${parameter}\` query parameter value [${unknown}] is not one of [${known.join(',')}]`;
    throw problems.invalidRequest(message, parameter, [unknown]);
  }
  return new Set(given);
}

/** A whole number in a query within bounds. @throws XProblem 400 */
export function askedNumber(query: Query, parameter: string, bounds: { from: number; to: number; otherwise: number }) {
  const given = [query[parameter] ?? []].flat().at(0);
  if (given === undefined) return bounds.otherwise;
  const value = /^\d+$/.test(given) ? Number(given) : Number.NaN;
  if (!(value >= bounds.from && value <= bounds.to)) {
    const message = `The \`${parameter}\` query parameter value [${given}] is not between ${bounds.from} and ${bounds.to}`;
    throw problems.invalidRequest(message, parameter, [given]);
  }
  return value;
}
