import { mustEncrypt, withoutSecrets } from './relay.rules.js';

it.each([
  ['smtp://user:pass@mail.example:587', true],
  ['smtp://mail.example', false],
  ['smtp://user:pass@127.0.0.1:25', false],
  ['smtp://user:pass@localhost', false],
  ['smtp://user:pass@127.0.0.1.evil.example', true],
  ['smtps://user:pass@mail.example', false],
  ['smtp://mail.example?requireTLS=true', true],
  ['smtp://user:pass@10.0.0.7?requireTLS=false', false],
])('%s may only be spoken to encrypted: %s', (url, must) => expect(mustEncrypt(url)).toBe(must));

it('leaves a password out of what is told, in every form it has', () => {
  const url = 'smtp://nexo:p%40ss@mail.example';
  const base64 = Buffer.from('\0nexo\0p@ss').toString('base64');
  expect(withoutSecrets(`no p@ss, p%40ss or ${base64}`, url)).toBe('no …, … or …');
  expect(withoutSecrets('nothing', 'smtp://mail.example')).toBe('nothing');
  expect(withoutSecrets('no 50%', 'smtp://nexo:50%@mail.example')).toBe('no …');
});
