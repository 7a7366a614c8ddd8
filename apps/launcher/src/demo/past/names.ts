import type { Tier } from '#contracts';
import type { DemoCustomer } from '../customers.js';
import type { Chance } from './chance.js';

type Names = readonly [string, ...string[]];
const words = (text: string): Names => text.split(' ') as [string, ...string[]];

const FIRST = words(
  'Adela Adrián Ainhoa Alba Álvaro Amparo Ángela Arturo Bruno Carmen Cecilia César Claudia Cristina Damián Diego Elisa Emilio Ester Eva Fabián Gabriel Gloria Héctor Ignacio Irene Jaime Javier Jorge Julia Laura Lorena Luis Manuel Marcos Miriam Mónica Natalia Olga Pablo Paula Raquel Ricardo Rosa Samuel Silvia Tomás Valeria Vicente Yolanda',
);
const LAST = words(
  'Aguilar Alonso Arias Ballester Benítez Blasco Cabrera Calvo Camacho Carmona Castaño Cortés Crespo Cuesta Delgado Díaz Domènech Duran Escobar Esteve Fuentes Gallardo Garrido Gil Giménez Guerrero Herrera Ibáñez Lozano Mayor Medina Molina Moreno Navarro Nieto Ojeda Pascual Peña Quesada Ramos Redondo Rivas Romero Sáez Santana Serrano Soto Torres Varela Vila',
);

/** One customer more, as no other is called; `n` tells them apart. */
export function customerOf(n: number, chance: Chance): DemoCustomer & { tier: Tier } {
  const [first, last, second] = [chance.pick(FIRST), chance.pick(LAST), chance.pick(LAST)];
  const plain = `${first}.${last}`.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const luck = chance.next();
  return {
    name: `${first} ${last} ${second}`,
    email: `${plain}${n}@correo.test`,
    handle: `${plain.replace('.', '_')}${n}`,
    twitterId: `17${String(n).padStart(17, '0')}`,
    phone: `6${String(10_000_000 + n * 7919).slice(-8)}`,
    tier: luck < 0.08 ? 'gold' : luck < 0.25 ? 'silver' : 'standard',
  };
}
