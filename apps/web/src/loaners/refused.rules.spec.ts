import { refusedFile } from './refused.rules.js';

it('rows that were refused go back as they stood, with why, and nothing runs in a spreadsheet', () => {
  const row = { label: 'P-1', outcome: 'refused' as const };
  const file = refusedFile(
    ['label', 'note'],
    [
      { ...row, row: 2, reasons: ['model.unknown', 'imei.taken'], cells: ['P-1', '=1+1'] },
      { ...row, row: 3, reasons: ['store.unknown'], cells: ['a "b", c'] },
    ],
    'why',
    (reason) => reason.toUpperCase(),
  );
  expect(file).toBe('\uFEFFlabel,note,why\r\nP-1,\'=1+1,MODEL.UNKNOWN · IMEI.TAKEN\r\n"a ""b"", c",,STORE.UNKNOWN\r\n');
});
