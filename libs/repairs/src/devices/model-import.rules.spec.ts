import fc from 'fast-check';
import { columnsOf, readModelRow, withoutContradictions } from './model-import.rules.js';

const columns = columnsOf(['TAC', 'Marca', 'Modelo', 'OS', 'SIM']);
const read = (...cells: string[]) => {
  if (!columns) throw new Error('no columns');
  return readModelRow(columns, cells, 2);
};

describe('a table of models', () => {
  it('names its columns in either language', () => {
    expect([...(columns ?? [])]).toEqual([
      ['tac', 0],
      ['brand', 1],
      ['model', 2],
      ['os', 3],
      ['sim', 4],
    ]);
    expect(columnsOf(['tac', 'brand'])).toBeNull();
  });

  it('reads a line', () => {
    expect(read('35-391211', 'Samsung', 'Galaxy S24', 'Android', 'nano + eSIM').model).toEqual({
      tac: '35391211',
      brand: 'Samsung',
      model: 'Galaxy S24',
      os: 'android',
      sim: ['nano', 'esim'],
    });
  });

  it('takes back the zero a spreadsheet dropped', () => expect(read('1234567', 'A', 'B').model?.tac).toBe('01234567'));

  it.each([
    [['', 'A', 'B'], ['missing']],
    [['123456789', 'A', 'B'], ['tac']],
    [
      ['35391211', '', ''],
      ['missing', 'missing'],
    ],
    [['35391211', 'A', 'B', 'symbian'], ['os']],
    [['35391211', 'A', 'B', '', 'nano, huge'], ['sim']],
    [['35391211', 'A', 'x'.repeat(121)], ['long']],
  ])('refuses %j: %j', (cells, codes) => {
    const { model, reasons } = read(...cells);
    expect(model).toBeNull();
    expect(reasons.map(({ code }) => code)).toEqual(codes);
  });

  it('takes the first of two that contradict each other', () => {
    const rows = withoutContradictions([
      read('35391211', 'Samsung', 'Galaxy S24'),
      { ...read('35391211', 'Samsung', 'Galaxy S23'), row: 3 },
      { ...read('35391211', 'SAMSUNG', 'galaxy s24'), row: 4 },
    ]);
    expect(rows.map(({ model, reasons }) => [model !== null, reasons.map(({ code }) => code)])).toEqual([
      [true, []],
      [false, ['twice']],
      [true, []],
    ]);
  });

  it('takes a TAC of eight digits however it is grouped, and nothing else', () => {
    const oracle = (cell: string) => /^\d{7,8}$/u.test(cell.trim().replaceAll(/[\s-]/gu, ''));
    const cell = fc.string({ unit: fc.constantFrom('0', '1', '5', '9', '-', ' ', 'a'), maxLength: 12 });
    fc.assert(
      fc.property(cell, (tac) => {
        expect(read(tac, 'A', 'B').model !== null).toBe(oracle(tac));
      }),
    );
  });
});
