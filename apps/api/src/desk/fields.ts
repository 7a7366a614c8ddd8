import { DESK, HandoffOutcome, type DeskAction } from '#contracts';
import { markup, type Markup } from '../tracking/html.js';
import { fill } from '../tracking/words.js';
import type { DeskScene } from './scene.js';

/** One thing a form asks for. */
export interface Field {
  /** As it is sent. */
  name: string;
  label: string;
  type?: 'text' | 'email' | 'tel' | 'date' | 'time' | 'area' | 'number' | 'choice' | 'yesNo';
  required?: boolean;
  most?: number;
  hint?: string;
  choices?: [value: string, label: string][];
  /** What stands there before anybody types. */
  value?: string;
  /** Takes the whole width where fields stand in two columns. */
  wide?: boolean;
  /** What a browser may fill in by itself. */
  fills?: string;
}

/** A form as its fields need it: what was typed, and what was wrong with it. */
export interface Sheet {
  scene: DeskScene;
  action: DeskAction;
}

const typedOf = ({ scene: { became }, action }: Sheet, name: string): string | undefined =>
  became?.kind === 'refused' && became.action === action ? became.typed[name] : undefined;

const troubleOf = ({ scene: { became, words }, action }: Sheet, name: string): string | null => {
  if (became?.kind !== 'refused' || became.action !== action || became.trouble?.field !== name) return null;
  return words.trouble[became.trouble.why];
};

const MODES: Partial<Record<NonNullable<Field['type']>, string>> = { number: 'numeric' };

export function fieldOf(sheet: Sheet, field: Field): Markup {
  const { words } = sheet.scene;
  const id = `${sheet.action}-${field.name}`;
  const wrong = troubleOf(sheet, field.name);
  // What has a value already need not be said to be left out.
  const optional = field.required || field.value ? null : markup` <span class="op">(${words.optional})</span>`;
  const described = [wrong ? `${id}-e` : '', field.hint ? `${id}-h` : ''].filter(Boolean).join(' ');
  const hint = field.hint ? markup`<p class="hint" id="${id}-h">${field.hint}</p>` : null;
  const error = wrong ? markup`<p class="er" id="${id}-e" role="alert">${wrong}</p>` : null;
  const more = markup` name="${field.name}"${field.required ? markup` required` : null}${wrong ? markup` aria-invalid="true"` : null}${described ? markup` aria-describedby="${described}"` : null}`;
  const value = typedOf(sheet, field.name) ?? field.value ?? '';
  if (field.type === 'yesNo') return yesNo(sheet, field, more, value, error);
  return markup`<div${field.wide ? markup` class="x"` : null}><label for="${id}">${field.label}${optional}</label>${control(id, field, more, value, wrong !== null, words.choose)}${error}${hint}</div>`;
}

function control(id: string, field: Field, more: Markup, value: string, bad: boolean, choose: string): Markup {
  const most = field.most ? markup` maxlength="${field.most}"` : null;
  const look = bad ? ' bad' : '';
  if (field.type === 'area') return markup`<textarea id="${id}" class="s${look}"${more}${most}>${value}</textarea>`;
  if (field.type === 'choice') {
    const none = field.required ? markup`<option value="">${choose}</option>` : null;
    const options = (field.choices ?? []).map(
      ([key, label]) => markup`<option value="${key}"${key === value ? markup` selected` : null}>${label}</option>`,
    );
    return markup`<select id="${id}" class="t${look}"${more}>${none}${options}</select>`;
  }
  const type = field.type === 'number' || !field.type ? 'text' : field.type;
  const mode = field.type && MODES[field.type];
  return markup`<input id="${id}" class="t${look}" type="${type}"${more}${most}${mode ? markup` inputmode="${mode}"` : null}${field.fills ? markup` autocomplete="${field.fills}"` : null} value="${value}">`;
}

function yesNo(sheet: Sheet, field: Field, more: Markup, value: string, error: Markup | null): Markup {
  const { words } = sheet.scene;
  const choice = (key: string, label: string) =>
    markup`<label><input type="radio" value="${key}"${more}${key === value ? markup` checked` : null}>${label}</label>`;
  return markup`<fieldset><legend>${field.label}</legend><div class="ra">${choice('yes', words.yes)}${choice('no', words.no)}</div>${error}</fieldset>`;
}

const area = (label: string, more: Partial<Field> = {}): Field => ({
  ...{ name: 'text', label, type: 'area', most: DESK.textLength, wide: true },
  ...more,
});

/** What each form asks for; that of a quote has its own. */
export function fieldsOf(action: DeskAction, { words, view }: DeskScene): Field[] {
  const { field } = words;
  const text = area(words.textOf[action] ?? field.text);
  const reason = area(field.reason, { name: 'reason', most: 2000, required: true });
  const hint = fill(words.dateHint, { zone: view.partner.timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? '' });
  const when: Field[] = [
    { name: 'date', label: field.date, type: 'date', hint },
    { name: 'time', label: field.time, type: 'time' },
  ];
  const fields: Partial<Record<DeskAction, Field[]>> = {
    accepted: [
      { name: 'partnerRef', label: field.partnerRef, most: 80, wide: true, value: view.partnerRef ?? '' },
      { name: 'engineer', label: field.engineer, most: 120, wide: true, value: view.engineer?.name ?? '' },
      { name: 'engineerPhone', label: field.engineerPhone, type: 'tel', most: 40, value: view.engineer?.phone ?? '' },
      {
        name: 'engineerEmail',
        label: field.engineerEmail,
        type: 'email',
        most: 254,
        value: view.engineer?.email ?? '',
      },
      ...when,
      text,
    ],
    rejected: [reason, area(field.nextStep, { name: 'nextStep', most: 500, required: true })],
    asked: [area(field.question, { name: 'question', most: 2000, required: true })],
    eta: [{ ...when[0], required: true } as Field, ...when.slice(1), area(field.reason, { name: 'reason', most: 500 })],
    dispatched: [
      { name: 'carrier', label: field.carrier, most: 80 },
      { name: 'trackingNumber', label: field.trackingNumber, most: 80 },
      ...when,
    ],
    resolved: [
      {
        ...{ name: 'outcome', label: field.outcome, type: 'choice', required: true, wide: true },
        choices: HandoffOutcome.options.map((one) => [one, words.outcome[one]]),
      },
      { ...text, required: true },
      { name: 'coverMonths', label: field.coverMonths, type: 'number', most: 3 },
      { name: 'coverWhat', label: field.coverWhat, most: 500 },
    ],
    info: [{ ...text, required: true }],
    quote_answered: [{ name: 'approved', label: field.approved, type: 'yesNo', required: true }, text],
    reopened: [reason],
    cancelled: [reason],
    recalled: [reason],
  };
  return fields[action] ?? [text];
}
