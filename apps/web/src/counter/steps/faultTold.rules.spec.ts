import { faultTold } from './faultTold.rules.js';

describe('what somebody has told of their phone', () => {
  it.each([
    [['Hola, se me ha muerto el móvil y no puedo llamar.'], 'no_power'],
    [['No enciende desde el lunes'], 'no_power'],
    [['It won’t turn on since Monday'], 'no_power'],
    [['My phone is dead', 'The phone is DEAD'], 'no_power'],
    [['La cámara sale negra'], 'camera'],
    [['No me carga'], 'charging'],
    // More than one thing: somebody has to look.
    [['Se me cayó al agua y no enciende'], null],
    [['La pantalla parpadea y se apaga', 'No carga'], null],
    // Nothing of the kind.
    [['No puedo llamar a nadie'], null],
    [['Me habéis cobrado dos veces'], null],
    [['Quiero la pantalladora'], null],
    [[], null],
  ])('%j: %s', (texts, fault) => expect(faultTold(texts)).toBe(fault));
});
