import { z } from 'zod';
import type { FormAnswers, FormField, Language, PartnerTerms, ShareField } from '#contracts';

/** What a partner asks to be told: the schema of it, what the case answers by itself, and what is missing. */

type Answer = FormAnswers[string];

const MOST = 2000;

/** Of one field. An empty text is no answer. */
function answerOf({ type, choices }: Pick<FormField, 'type' | 'choices'>): z.ZodType<Answer> {
  switch (type) {
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'date':
      return z.iso.date();
    case 'choice':
      return z.enum(choices.length > 0 ? choices : ['']);
    case 'text':
      return z.string().trim().min(1).max(MOST);
  }
}

/** A form as JSON Schema (2020-12), its titles in this language: what another system needs to fill it in. */
export function formSchema(form: readonly FormField[], language: Language): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: Object.fromEntries(
      form.map((field) => {
        const { $schema, ...schema } = z.toJSONSchema(answerOf(field)) as Record<string, unknown>;
        return [field.key, { title: field.title[language], ...schema }];
      }),
    ),
    required: form.filter(({ required }) => required).map(({ key }) => key),
    additionalProperties: false,
  };
}

/** Keys of fields that ask for a fact this partner is not told. */
export const factsNotShared = ({ form, share }: Pick<PartnerTerms, 'form' | 'share'>): string[] => {
  const told = new Set(share.map(({ field }) => field));
  return form.filter(({ fact }) => fact && !told.has(fact)).map(({ key }) => key);
};

/** What the case knows, as it can be written into a form. */
export type KnownFacts = Partial<Record<ShareField, { text: string; day?: string | undefined; yes?: boolean }>>;

function fromFact(field: FormField, facts: KnownFacts): Answer | undefined {
  const known = field.fact ? facts[field.fact] : undefined;
  if (!known) return undefined;
  if (field.type === 'boolean') return known.yes;
  if (field.type === 'date') return known.day;
  if (field.type === 'number') return known.text.trim() === '' ? undefined : Number(known.text);
  if (field.type === 'choice') return field.choices.find((choice) => choice.toLowerCase() === known.text.toLowerCase());
  return known.text.slice(0, MOST);
}

export interface FilledForm {
  answers: FormAnswers;
  /** Required ones that nobody and nothing answers. */
  missing: FormField[];
}

/**
 * What was answered, and where nobody did, what the case says. What is no answer to its field is left out, and so is what no
 * field asks for.
 * @param facts those they are told, and no others
 */
export function fillForm(form: readonly FormField[], given: FormAnswers, facts: KnownFacts): FilledForm {
  const filled: FilledForm = { answers: {}, missing: [] };
  for (const field of form) {
    const schema = answerOf(field);
    const stated = schema.safeParse(given[field.key]);
    const known = stated.success ? stated : schema.safeParse(fromFact(field, facts));
    if (known.success) filled.answers[field.key] = known.data;
    else if (field.required) filled.missing.push(field);
  }
  return filled;
}
