import { WORDS } from './languages.js';
import { Moments } from './moments.js';
import { warrantiesOf } from './warranty.js';

it.each([
  ['es', 'Ayer, 11:49'],
  ['en', 'Yesterday, 11:49'],
] as const)('says in %s when it was decided, not by when', (language, moment) => {
  const told = warrantiesOf({
    case: {
      warranties: [
        {
          ...{ device: 'Auriga One', outcome: 'partial', plainWords: 'La mano de obra sí.', nextStep: 'Léelo.' },
          at: '2026-11-22T10:49:00.000Z',
        },
      ],
    },
    ...{ words: WORDS[language], moments: new Moments(language, 'Europe/Madrid', new Date('2026-11-23T09:00:00Z')) },
    ...{ state: { language }, mask: (text: string) => text },
  });
  expect(told?.text).toContain(`<p class="hint">${moment}</p>`);
});
