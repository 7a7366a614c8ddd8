import fc from 'fast-check';
import type { IntakeField, IntakePath } from '#contracts';
import {
  answered,
  decided,
  isSame,
  learned,
  NOTHING_KEPT,
  telling,
  toTell,
  unsavedCount,
  valueIn,
  written,
  type Kept,
} from './kept.rules.js';
import { merged } from './merging.rules.js';

const NURIA = { id: '01890000-0000-7000-8000-000000000001', displayName: 'Nuria Cid' };
const AT = '2026-11-23T17:02:00.000Z';
const byThem = (path: IntakePath, value: unknown, version: number): IntakeField => ({
  ...{ path, value, version, by: NURIA },
  at: AT,
});

describe('what a tablet keeps', () => {
  it('is written, told once, and saved', () => {
    const kept = written(NOTHING_KEPT, 'listen.text', 'Se apagó');
    expect(valueIn(kept, 'listen.text')).toBe('Se apagó');
    const told = toTell(kept);
    expect(told).toEqual([{ path: 'listen.text', value: 'Se apagó', base: 0, turn: 1 }]);
    const after = answered(kept, told, [{ path: 'listen.text', outcome: 'saved', version: 7 }]);
    expect([unsavedCount(after), valueIn(after, 'listen.text'), toTell(after)]).toEqual([0, 'Se apagó', []]);
    expect(toTell(written(after, 'listen.text', 'No'))).toMatchObject([{ base: 7 }]);
  });

  it('goes on writing while it is told: the newer value follows the version that was saved', () => {
    const first = written(NOTHING_KEPT, 'listen.text', 'Se');
    const told = toTell(first);
    const after = answered(written(first, 'listen.text', 'Se apagó'), told, [
      { path: 'listen.text', outcome: 'saved', version: 3 },
    ]);
    expect(toTell(after)).toMatchObject([{ value: 'Se apagó', base: 3 }]);
  });

  it('shows both when two wrote, and tells nothing of it until somebody has chosen', () => {
    const mine = written(NOTHING_KEPT, 'listen.text', 'mío');
    const clash = answered(mine, toTell(mine), [
      { path: 'listen.text', outcome: 'conflict', theirs: byThem('listen.text', 'suyo', 4) },
    ]);
    expect(clash.clashes['listen.text']).toEqual({ theirs: 'suyo', version: 4, who: 'Nuria Cid', at: AT });
    expect([valueIn(clash, 'listen.text'), toTell(clash)]).toEqual(['mío', []]);
    expect(toTell(decided(clash, 'listen.text', 'mine'))).toMatchObject([{ value: 'mío', base: 4 }]);
    const given = decided(clash, 'listen.text', 'theirs');
    expect([valueIn(given, 'listen.text'), toTell(given), given.clashes]).toEqual(['suyo', [], {}]);
  });

  it('is no conflict with oneself when an answer was lost', () => {
    const first = written(NOTHING_KEPT, 'listen.text', 'Se');
    const lost = written(telling(first, toTell(first)), 'listen.text', 'Se apagó');
    const after = answered(lost, toTell(lost), [
      { path: 'listen.text', outcome: 'conflict', theirs: byThem('listen.text', 'Se', 1) },
    ]);
    expect([after.clashes, toTell(after)]).toMatchObject([{}, [{ value: 'Se apagó', base: 1 }]]);
  });

  it('that the server does not take stays here, untold until it is put otherwise', () => {
    const mine = written(NOTHING_KEPT, 'waivers', { imei: 'x' });
    const after = answered(mine, toTell(mine), [{ path: 'waivers', outcome: 'refused', problems: ['too short'] }]);
    expect([valueIn(after, 'waivers'), toTell(after), unsavedCount(after)]).toEqual([{ imei: 'x' }, [], 1]);
    expect(toTell(written(after, 'waivers', { imei: 'roto' }))).toMatchObject([{ value: { imei: 'roto' } }]);
  });

  it('is no conflict when both say the same', () => {
    const mine = written(NOTHING_KEPT, 'listen.matters', 'fotos');
    const same = answered(mine, toTell(mine), [
      { path: 'listen.matters', outcome: 'conflict', theirs: byThem('listen.matters', 'fotos', 4) },
    ]);
    expect([same.clashes, unsavedCount(same)]).toEqual([{}, 0]);
  });

  it('learns what others wrote without losing what is written here', () => {
    const mine = written(NOTHING_KEPT, 'listen.text', 'mío');
    const after = learned(mine, {
      'listen.text': { value: 'suyo', version: 2 },
      'device.modelName': { value: 'Auriga One', version: 1 },
    });
    expect([valueIn(after, 'listen.text'), valueIn(after, 'device.modelName')]).toEqual(['mío', 'Auriga One']);
    expect(toTell(after)).toMatchObject([{ path: 'listen.text', base: 0 }]);
    expect(learned(after, { 'device.modelName': { value: 'old', version: 1 } })).toBe(after);
  });

  it('compares values whatever the order of their keys', () => {
    expect(isSame({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 })).toBe(true);
    expect(isSame({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(isSame(['a'], { 0: 'a' })).toBe(false);
  });
});

describe('what two tablets add at once', () => {
  it('is all kept: photos of both, less what one took away', () => {
    const sides = { over: ['a', 'b'], mine: ['b', 'c'], theirs: ['a', 'b', 'd'] };
    expect(merged('device.photoIds', sides)).toEqual(['b', 'd', 'c']);
  });
  it('of waivers is each its own; the same one twice is a question', () => {
    const over = { imei: 'roto' };
    expect(merged('waivers', { over, mine: { imei: 'roto', photos: 'x' }, theirs: { back_up: 'y' } })).toEqual({
      photos: 'x',
      back_up: 'y',
    });
    expect(merged('waivers', { over: {}, mine: { photos: 'x' }, theirs: { photos: 'y' } })).toBeUndefined();
  });
  it('of a sentence is a question', () => {
    expect(merged('listen.text', { over: '', mine: 'a', theirs: 'b' })).toBeUndefined();
  });
  it('is told again over what the other wrote', () => {
    const mine = written(NOTHING_KEPT, 'device.photoIds', ['a']);
    const after = answered(mine, toTell(mine), [
      { path: 'device.photoIds', outcome: 'conflict', theirs: byThem('device.photoIds', ['b'], 2) },
    ]);
    expect([after.clashes, toTell(after)]).toMatchObject([{}, [{ value: ['b', 'a'], base: 2 }]]);
  });
});

/** A server that keeps the last value of each field, and refuses what was written over an older one. */
const makeServer = () => {
  const fields = new Map<string, { value: unknown; version: number }>();
  return {
    fields,
    tell: (changes: readonly { path: IntakePath; value: unknown; base: number }[]) =>
      changes.map(({ path, value, base }) => {
        const held = fields.get(path) ?? { value: undefined, version: 0 };
        if (held.version !== base)
          return { path, outcome: 'conflict' as const, theirs: byThem(path, held.value, held.version) };
        fields.set(path, { value, version: held.version + 1 });
        return { path, outcome: 'saved' as const, version: held.version + 1 };
      }),
  };
};

it('two tablets, any network: at the end both have what the server has, and nothing was overwritten unseen', () => {
  const step = fc.record({
    tablet: fc.constantFrom(0, 1),
    path: fc.constantFrom('listen.text', 'device.modelName', 'device.serial'),
    value: fc.integer({ min: 0, max: 4 }),
    deed: fc.constantFrom('write', 'write', 'tell', 'lost', 'learn', 'mine', 'theirs'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const server = makeServer();
      const tablets: [Kept, Kept] = [NOTHING_KEPT, NOTHING_KEPT];
      const tell = (who: 0 | 1, answerArrives: boolean) => {
        const told = toTell(tablets[who]);
        tablets[who] = telling(tablets[who], told);
        const results = server.tell(told);
        if (answerArrives) tablets[who] = answered(tablets[who], told, results);
      };
      const learn = (who: 0 | 1) => (tablets[who] = learned(tablets[who], Object.fromEntries(server.fields)));
      for (const { tablet, path, value, deed } of steps) {
        const who = tablet;
        if (deed === 'write') tablets[who] = written(tablets[who], path, value);
        if (deed === 'tell') tell(who, true);
        if (deed === 'lost') tell(who, false);
        if (deed === 'learn') learn(who);
        if (deed === 'mine' || deed === 'theirs') tablets[who] = decided(tablets[who], path, deed);
      }
      // Everybody decides and is told, until nothing is left to say.
      for (let round = 0; round < 8; round += 1)
        for (const who of [0, 1] as const) {
          for (const path of Object.keys(tablets[who].clashes))
            tablets[who] = decided(tablets[who], path, who === 0 ? 'mine' : 'theirs');
          tell(who, true);
          learn(who);
        }
      for (const who of [0, 1] as const) {
        expect(unsavedCount(tablets[who])).toBe(0);
        for (const [path, { value }] of server.fields) expect(valueIn(tablets[who], path)).toBe(value);
      }
    }),
  );
});
