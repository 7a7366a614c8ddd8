import { readCallList } from './call-list.js';
import { readCall } from './call-log.rules.js';

const call = {
  id: '1',
  phone: '+34612407718',
  direction: 'inbound',
  outcome: 'no_answer',
  startedAt: '2026-11-21T10:04:00Z',
  durationSeconds: 0,
};

it('reads exports of several switchboards', () => {
  expect(
    readCallList(
      '\ufeffid,phone,direction,outcome,startedAt\r\n1,+34612407718,inbound,no_answer,2026-11-21T10:04:00Z\r\n',
    ),
  ).toEqual([{ call }]);
  expect(
    readCallList(
      'Fecha;Número;Sentido;Resultado;Duración;Id llamada\n2026-11-21 10:04:00;612 40 77 18;Entrante;Perdida;0;1\n',
    ),
  ).toEqual([{ call: { ...call, phone: '612 40 77 18', startedAt: '2026-11-21T10:04:00' } }]);
  expect(
    readCallList(
      'calldate\tcustomer\tdirection\tdisposition\tbillsec\tuniqueid\text\n2026-11-21T10:04:00Z\t+34612407718\tin\tNO ANSWER\t0\t1\t214\n',
    ),
  ).toEqual([{ call: { ...call, extension: '214' } }]);
});

it('refuses a bad line by its number and keeps the others', () => {
  const list = readCallList(
    'id,phone,direction,outcome,startedAt\n1,+34612407718,inbound,no_answer,2026-11-21T10:04:00Z\n2,x,sideways,no_answer,2026-11-21T10:04:00Z\n3,x,inbound,no_answer,yesterday\n4,x,inbound,no_answer,2026-02-30 10:00:00\n',
  );
  expect(list[0]).toEqual({ call });
  expect(list.slice(1)).toEqual([
    { line: 3, column: 'direction', message: expect.any(String) as string },
    { line: 4, column: 'startedAt', message: expect.any(String) as string },
    { line: 5, column: 'startedAt', message: expect.any(String) as string },
  ]);
});

it('says which columns a list lacks, and survives what is no list', () => {
  expect(() => readCallList('a,b\n1,2\n')).toThrow('columns missing: id, phone, direction, outcome, startedAt');
  expect(() => readCallList('')).toThrow('columns missing');
  expect(() => readCallList('id,phone\n"1,2')).toThrow();
});

it.each([null, 'x', 3, [], { id: '1' }])('refuses %p', (value) => {
  expect(readCall(value, 7)).toMatchObject({ line: 7 });
});
