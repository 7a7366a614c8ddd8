import { z } from 'zod';
import { FormField } from '#contracts';
import { factsNotShared, fillForm, formSchema } from './form.rules.js';

const field = (key: string, more: Partial<z.input<typeof FormField>> = {}): FormField =>
  FormField.parse({ key, title: { es: key, en: key }, type: 'text', ...more });

const FORM = [
  field('imei', { required: true, fact: 'device.imei' }),
  field('liquid', { type: 'boolean', required: true }),
  field('bought', { type: 'date', fact: 'purchase' }),
  field('line', { type: 'choice', choices: ['Oro', 'Plata'], required: true }),
  field('pieces', { type: 'number' }),
];

describe('the form of a partner', () => {
  it('is filled in from what the case says, and from what a person says first', () => {
    const facts = {
      'device.imei': { text: '353912110000015' },
      purchase: { text: 'Comprado el 3 de marzo', day: '2026-03-03' },
    };
    expect(fillForm(FORM, { liquid: false, line: 'Oro' }, facts)).toEqual({
      answers: { imei: '353912110000015', liquid: false, bought: '2026-03-03', line: 'Oro' },
      missing: [],
    });
    expect(fillForm(FORM, { imei: '490154203237518', liquid: true, line: 'Oro' }, facts).answers).toMatchObject({
      imei: '490154203237518',
      liquid: true,
    });
  });

  it('names what nobody answers, once', () => {
    const { answers, missing } = fillForm(FORM, {}, {});
    expect(answers).toEqual({});
    expect(missing.map(({ key }) => key)).toEqual(['imei', 'liquid', 'line']);
  });

  it('takes nothing for an answer that is none, and nothing it did not ask', () => {
    const given = { imei: '  ', liquid: 'yes', line: 'Bronce', pieces: 'dos', bought: '03/03/2026', secret: 'x' };
    const { answers, missing } = fillForm(FORM, given, {});
    expect(answers).toEqual({});
    expect(missing.map(({ key }) => key)).toEqual(['imei', 'liquid', 'line']);
  });

  it('is a JSON Schema that says the same', () => {
    const schema = formSchema(FORM, 'es');
    expect(schema).toMatchObject({
      required: ['imei', 'liquid', 'line'],
      additionalProperties: false,
      properties: { line: { title: 'line', enum: ['Oro', 'Plata'] }, liquid: { type: 'boolean' } },
    });
    const read = z.fromJSONSchema(schema);
    expect(read.safeParse({ imei: '1', liquid: true, line: 'Oro' }).success).toBe(true);
    expect(read.safeParse({ imei: '1', liquid: true, line: 'Bronce' }).success).toBe(false);
    expect(read.safeParse({ imei: '1', line: 'Oro' }).success).toBe(false);
  });

  it('asks for no fact that is not shared', () => {
    const purpose = { es: 'Buscarlo', en: 'To find it' };
    expect(factsNotShared({ form: FORM, share: [{ field: 'device.imei', purpose }] })).toEqual(['bought']);
  });
});
