import { useMemo } from 'react';
import { encode } from 'uqr';

/** A QR code as one path: sharp on screen and paper, dark on white whatever the colours around it. */
export const QrCode = ({ text, label, size = 220 }: { text: string; label: string; size?: number }) => {
  const { path, width } = useMemo(() => {
    const { data } = encode(text, { border: 2, ecc: 'M' });
    const cells = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
    return { path: cells.join(''), width: data.length };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${width}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
    >
      <rect width={width} height={width} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
};
