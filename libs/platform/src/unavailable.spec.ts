import { runInNewContext } from 'node:vm';
import { isUnavailable } from './unavailable.js';

const failing = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('isUnavailable', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])(
    'knows %s by its code alone',
    (code) => expect(isUnavailable(failing(code, ''))).toBe(true),
  );

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])('knows “%s”', (message) =>
    expect(isUnavailable(new Error(message))).toBe(true),
  );

  it('knows an error of another realm', () => {
    const foreign: unknown = runInNewContext(
      `Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })`,
    );
    expect(foreign instanceof Error).toBe(false);
    expect(isUnavailable(foreign)).toBe(true);
  });

  it('looks into what is wrapped: several addresses tried, the driver under the mapper', () => {
    expect(isUnavailable(new AggregateError([failing('ECONNREFUSED'), failing('EHOSTUNREACH')], ''))).toBe(true);
    expect(isUnavailable(Object.assign(new Error('query failed'), { driverError: failing('EAI_AGAIN') }))).toBe(true);
  });

  it.each([
    ['57P01', true],
    ['57P03', true],
    ['08006', true],
    ['53300', true],
    ['23505', false],
    ['40001', false],
  ])('SQLSTATE %s → %s', (code, away) => expect(isUnavailable(failing(code))).toBe(away));

  it.each([undefined, null, 'ECONNREFUSED', failing('ENOENT'), new Error('no such case')])(
    'takes nothing else for it: %j',
    (error) => expect(isUnavailable(error)).toBe(false),
  );
});
