import { Globe, Mail, PanelTop, Phone, Store, type LucideProps } from 'lucide-react';
import type { ComponentType } from 'react';
import type { Channel, Tier } from '#contracts';

interface GlyphProps {
  size?: number;
  className?: string;
  'aria-label'?: string;
}

const frame = ({ size = 16, className, 'aria-label': label }: GlyphProps) => ({
  width: size,
  height: size,
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  strokeLinecap: 'round' as const,
  strokeLinejoin: 'round' as const,
  className: `glyph ${className ?? ''}`,
  ...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true }),
});

/** The mark: one thread that stands, bends and goes on. */
export const Mark = (props: GlyphProps) => (
  <svg {...frame(props)}>
    <path d="M6.5 3v18" />
    <path d="M6.5 14.2c0-3.1 2.3-5.2 5-5.2s4.8 2 4.8 5v3.4c0 2 1.2 3.6 3.2 3.6 1 0 1.7-.3 2.3-.9" />
    <circle cx="6.5" cy="3.2" r="1.4" fill="currentColor" stroke="none" />
  </svg>
);

export const XGlyph = (props: GlyphProps) => (
  <svg {...frame(props)}>
    <path d="M4 3.5h4.4L20 20.5h-4.4z" />
    <path d="M18.8 3.5 12.9 10.3M11 13.6 4.9 20.5" />
  </svg>
);

const channelGlyphs: Record<Channel, ComponentType<LucideProps & GlyphProps>> = {
  twitter: XGlyph as ComponentType<LucideProps & GlyphProps>,
  email: Mail,
  store: Store,
  phone: Phone,
  other: Globe,
  web: PanelTop,
};

export const ChannelGlyph = ({ channel, ...rest }: GlyphProps & { channel: Channel }) => {
  const Glyph = channelGlyphs[channel];
  return <Glyph {...rest} aria-hidden={rest['aria-label'] ? undefined : true} />;
};

/** Gold is a filled diamond, silver a hollow one, standard has none. */
export const TierGlyph = ({ tier, size = 10, label }: { tier: Tier; size?: number; label: string }) =>
  tier === 'standard' ? null : (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={tier === 'gold' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="2.4"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      style={{ color: 'var(--hilo-text-3)', flex: 'none' }}
    >
      <path d="M12 3.2 20.8 12 12 20.8 3.2 12z" />
    </svg>
  );

/** The loose thread of an empty screen: the only illustration there is. */
export const LooseThread = () => (
  <svg
    width="220"
    height="84"
    viewBox="0 0 220 84"
    fill="none"
    strokeWidth="2"
    strokeLinecap="round"
    aria-hidden
    style={{ overflow: 'visible', maxWidth: '70%' }}
  >
    <path
      d="M4 62c30 0 34-38 58-38 20 0 22 34 2 34-22 0-18-44 12-44 34 0 30 52 62 52 22 0 26-26 44-26 12 0 16 8 34 8"
      stroke="var(--hilo-thread)"
    />
    <circle cx="4" cy="62" r="3.5" fill="var(--hilo-accent)" />
    <circle cx="216" cy="48" r="5" fill="var(--hilo-surface)" stroke="var(--hilo-accent)" />
  </svg>
);
