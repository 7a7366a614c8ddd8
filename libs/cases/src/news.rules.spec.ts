import { withoutLink } from './news.rules.js';

describe('what is said instead of written', () => {
  it.each([
    [
      'Tu móvil ya está reparado (caso H-7K2F-9Q). Aquí ves cuándo lo tienes: ',
      'Tu móvil ya está reparado (caso H-7K2F-9Q).',
    ],
    ['Vale hasta el lunes, 10:00. Léelo y dinos sí o no aquí: ', 'Vale hasta el lunes, 10:00.'],
    ['Tu móvil no estará el lunes, sino el martes.', 'Tu móvil no estará el lunes, sino el martes.'],
    // Nothing but the way to the link: better that than nothing.
    ['Míralo aquí: ', 'Míralo aquí:'],
  ])('leads nowhere: %s', (written, said) => {
    expect(withoutLink(written)).toBe(said);
  });
});
