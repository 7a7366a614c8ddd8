import { CircleOff, Grid2x2X, ImageOff, PhoneOff, WifiOff, type LucideIcon } from 'lucide-react';
import type { ImpactKind } from '#contracts';

const glyphs: Record<ImpactKind, LucideIcon> = {
  calls: PhoneOff,
  data: WifiOff,
  apps: Grid2x2X,
  photos: ImageOff,
  other: CircleOff,
};

interface Props {
  kind: ImpactKind;
  size?: number;
  label?: string;
}

/** What a customer cannot do, struck through. */
export const ImpactGlyph = ({ kind, size = 14, label }: Props) => {
  const Glyph = glyphs[kind];
  return label ? <Glyph size={size} role="img" aria-label={label} /> : <Glyph size={size} aria-hidden />;
};
