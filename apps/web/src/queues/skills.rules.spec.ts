import { skillsOf } from './skills.rules.js';

it.each<[string, string[] | null]>([
  ['', []],
  [' , ', []],
  ['Fibra, roaming ,fibra', ['fibra', 'roaming']],
  ['5G, línea fija', ['5g', 'línea fija']],
  ['fibra; roaming', null],
  ['x'.repeat(41), null],
])('%s → %j', (typed, skills) => {
  expect(skillsOf(typed)).toEqual(skills);
});
