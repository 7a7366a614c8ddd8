import { DESK, QuoteLineKind, type DeskAction } from '#contracts';
import { QUOTE_ROWS } from '#handoffs';
import { markup, type Markup } from '../tracking/html.js';
import { fill } from '../tracking/words.js';
import { fieldOf, fieldsOf, type Sheet } from './fields.js';
import type { DeskScene } from './scene.js';

/** Lines of a quote that are there at once. */
const ROWS_SHOWN = 3;

/** What comes with a photo or a paper often enough. */
const WITH_FILES: ReadonlySet<DeskAction> = new Set([
  ...(['rejected', 'asked', 'quoted', 'received', 'dispatched', 'resolved', 'info', 'reopened', 'note'] as const),
]);
/** What takes something back: the button says so. */
const HARD: ReadonlySet<DeskAction> = new Set(['rejected', 'cancelled', 'recalled', 'reopened']);

export const LIMITS = { count: DESK.files, size: DESK.fileBytes / (1024 * 1024) };

/** Everything they may say now, each behind its name; none needs a script. */
export function actionsOf(scene: DeskScene): Markup {
  const { words, view, open, became } = scene;
  const forms = view.offered.actions.map((action) => formOf({ scene, action }, action === open));
  const why = became?.kind === 'refused' ? became.why : null;
  const wrong = why ? markup`<p class="no-n" role="alert">${words.again} ${why}</p>` : null;
  return markup`<section class="bx" id="act" aria-labelledby="act-h"><h2 id="act-h">${words.act}</h2><p class="hint">${words.actHint}</p>${wrong}${forms}</section>`;
}

function formOf(sheet: Sheet, open: boolean): Markup {
  const { scene, action } = sheet;
  const { words, path, language, nonce } = scene;
  const { name, button, hint } = words.action[action];
  const hidden = markup`<input type="hidden" name="nonce" value="${nonce}"><input type="hidden" name="action" value="${action}">`;
  const look = HARD.has(action) ? ' d' : '';
  return markup`<details class="act" name="act"${open ? markup` open` : null}><summary><span><b>${name}</b>${hint ? markup`<small>${hint}</small>` : null}</span></summary><form method="post" action="${path}/say?lang=${language}#act" enctype="multipart/form-data">${hidden}${bodyOf(sheet)}${WITH_FILES.has(action) ? files(sheet) : null}${by(sheet)}<button class="btn${look}">${button}</button></form></details>`;
}

const bodyOf = (sheet: Sheet): Markup =>
  sheet.action === 'quoted'
    ? quote(sheet)
    : markup`<div class="two">${fieldsOf(sheet.action, sheet.scene).map((field) => fieldOf(sheet, field))}</div>`;

function files({ scene: { words }, action }: Sheet): Markup {
  const id = `${action}-files`;
  return markup`<label for="${id}">${words.field.files} <span class="op">(${words.optional})</span></label><input id="${id}" type="file" name="files" multiple aria-describedby="${id}-h"><p class="hint" id="${id}-h">${fill(words.filesHint, LIMITS)}</p>`;
}

const by = (sheet: Sheet): Markup => {
  const { words, view } = sheet.scene;
  return fieldOf(sheet, {
    ...{ name: 'by', label: words.field.by, most: 120, fills: 'name' },
    value: view.lastBy ?? view.engineer?.name ?? '',
  });
};

function quote(sheet: Sheet): Markup {
  const { scene } = sheet;
  const { words, became } = scene;
  const rows = Array.from({ length: QUOTE_ROWS }, (_, row) => line(sheet, row));
  // What was typed further down is not hidden behind a fold.
  const typed = became?.kind === 'refused' && became.action === 'quoted' ? became.typed : {};
  const further = Object.entries(typed).some(([name, value]) => value && /^[dlp][3-9]$/u.test(name));
  const more = markup`<details class="act"${further ? markup` open` : null}><summary>${words.moreLines}</summary>${rows.slice(ROWS_SHOWN)}</details>`;
  const rest = [
    { name: 'agreement', label: words.field.agreement, most: 200, wide: true },
    { name: 'currency', label: words.field.currency, most: 3, required: true, value: 'EUR' },
    { name: 'date', label: words.field.validUntil, type: 'date' as const },
    { name: 'coverMonths', label: words.field.coverMonths, type: 'number' as const, most: 3 },
    { name: 'coverWhat', label: words.field.coverWhat, most: 500 },
    { name: 'text', label: words.field.text, type: 'area' as const, most: DESK.textLength, wide: true },
  ];
  return markup`${rows.slice(0, ROWS_SHOWN)}${more}<div class="two">${rest.map((field) => fieldOf(sheet, field))}</div>`;
}

function line(sheet: Sheet, row: number): Markup {
  const { words } = sheet.scene;
  const first = row === 0;
  const fields = [
    { name: `d${row}`, label: words.field.description, most: 200, required: first, wide: true },
    {
      ...{ name: `k${row}`, label: words.field.kind, type: 'choice' as const, value: first ? 'part' : 'other' },
      choices: QuoteLineKind.options.map((kind): [string, string] => [kind, words.lineKind[kind]]),
    },
    { name: `n${row}`, label: words.field.quantity, type: 'number' as const, most: 2, value: '1' },
    { name: `l${row}`, label: words.field.list, most: 16, required: first },
    { name: `p${row}`, label: words.field.price, most: 16, ...(first ? { hint: words.priceHint } : {}) },
  ];
  return markup`<fieldset class="row"><legend>${fill(words.line, { n: row + 1 })}</legend><div class="two">${fields.map((field) => fieldOf(sheet, field))}</div></fieldset>`;
}
