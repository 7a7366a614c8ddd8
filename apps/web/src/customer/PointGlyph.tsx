import { Barcode, FileDigit, IdCard, Mail, Phone, Smartphone } from 'lucide-react';
import type { IdentifierKind } from '#contracts';
import { XGlyph } from '../app/glyphs.js';

const GLYPHS = {
  email: Mail,
  phone: Phone,
  line: Smartphone,
  document: IdCard,
  customer_number: FileDigit,
  imei: Barcode,
};

/** What kind of thing identifies somebody, as a picture; the words stand beside it. */
export const PointGlyph = ({ kind }: { kind: IdentifierKind }) => {
  if (kind === 'twitter') return <XGlyph size={14} />;
  const Glyph = GLYPHS[kind];
  return <Glyph size={14} aria-hidden />;
};
