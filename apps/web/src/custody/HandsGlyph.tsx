import { Building2, Store, Truck, UserRound } from 'lucide-react';
import type { Hands } from '#contracts';

const GLYPHS = { customer: UserRound, store: Store, courier: Truck, partner: Building2 };

/** Who has it, as a picture. */
export const HandsGlyph = ({ kind, size = 14 }: { kind: Hands['kind']; size?: number }) => {
  const Glyph = GLYPHS[kind];
  return <Glyph size={size} aria-hidden />;
};
