import { mentionedIn } from './mentions.rules.js';

const PEOPLE = [
  { id: 'marta', displayName: 'Marta Rey' },
  { id: 'reyes', displayName: 'Marta Reyes' },
  { id: 'inigo', displayName: 'Íñigo Sáez' },
  { id: 'teo', displayName: 'Teo Casas' },
];

describe('who is named in a note', () => {
  it.each([
    ['Lo ve @Teo Casas', ['teo']],
    ['@teo, ¿puedes?', ['teo']],
    ['(@Iñigo)', ['inigo']],
    ['@inigo saez', []],
    ['@íñigo sáez y @TEO', ['inigo', 'teo']],
    ['@Marta', []],
    ['@Marta Rey', ['marta']],
    ['@Marta Reyes', ['reyes']],
    ['@Teodoro', []],
    ['escribe a marta@teo.es', []],
    ['@@Teo', ['teo']],
    ['@Teo @Teo', ['teo']],
    ['sin nadie', []],
    ['@', []],
  ])('%s', (text, ids) => expect(mentionedIn(text, PEOPLE)).toEqual(ids));
});
