import { askedFor, readSolvedAnswer, saysAlreadyTold } from './asked.rules.js';

describe('what an agent asks for', () => {
  it.each([
    ['¿Me puedes dar el IMEI?', ['imei']],
    ['Necesito el número de serie del equipo, por favor.', ['imei']],
    ['Could you send me the IMEI of your phone?', ['imei']],
    ['¿Qué modelo de móvil tienes?', ['model']],
    ['What phone do you have?', ['model']],
    ['¿Me das tu número de teléfono?', ['phone']],
    ['Please confirm your phone number', ['phone']],
    ['¿Cuál es tu correo electrónico?', ['email']],
    ['Could you tell me your email address?', ['email']],
    ['Indícame tu nombre completo, por favor', ['name']],
    ['¿Cómo te llamas?', ['name']],
    ['Dime el número de caso', ['reference']],
    ['What is your case number?', ['reference']],
    ['¿Qué te ha pasado?', ['problem']],
    ['Cuéntanos qué ha pasado con el teléfono', ['problem']],
    ['Can you explain what happened?', ['problem']],
    ['¿Nos facilitas tu nombre y el IMEI?', ['imei', 'name']],
  ])('%s', (text, facts) => expect(askedFor(text).sort()).toEqual([...facts].sort()));

  it.each([
    'Tu IMEI ya consta, no hace falta nada más.',
    'Te llamo mañana a tu número.',
    'We will call you on your mobile number.',
    'El código de tu caso es H-7K2F-9Q.',
    'Siento mucho lo que te ha pasado.',
    'He apuntado tu correo.',
    'Your case number is H-7K2F-9Q.',
  ])('nothing: %s', (text) => expect(askedFor(text)).toEqual([]));
});

describe('that they have said it already', () => {
  it.each([
    'Ya lo he explicado tres veces',
    'Ya os he dado el IMEI',
    'ya se lo conté a tu compañera',
    '¿Tengo que explicarlo todo otra vez?',
    'Es la tercera vez que os lo cuento',
    'Cuántas veces tengo que repetirlo',
    'I already told you',
    "I've already explained this to your colleague",
    'Do I have to explain it again?',
    'How many times do I have to repeat this',
    'I am tired of repeating myself',
  ])('%s', (text) => expect(saysAlreadyTold(text)).toBe(true));
  it.each(['Ya funciona, gracias', 'He explicado el problema en la tienda', 'Can you explain this?', 'Lo cuento aquí'])(
    'not: %s',
    (text) => expect(saysAlreadyTold(text)).toBe(false),
  );
});

describe('what they answer when asked whether all is well', () => {
  it.each([
    ['Sí, todo bien, gracias', 'yes'],
    ['Todo perfecto!', 'yes'],
    ['Yes, all good', 'yes'],
    ['No', 'no'],
    ['No, sigue sin encender', 'no'],
    ['Sigue fallando', 'no'],
    ['Still not working', 'no'],
    ["It doesn't work", 'no'],
    ['Sí, pero faltan las fotos', 'unclear'],
    ['Luego os digo', 'unclear'],
    ['👍', 'unclear'],
  ] as const)('%s: %s', (text, answer) => expect(readSolvedAnswer(text)).toBe(answer));
});
