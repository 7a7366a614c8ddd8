import { isIP } from 'node:net';

/** Addresses of this machine and of closed networks: no SPF record names them, and no stranger is behind them. */
export const isNear = (ip: string): boolean =>
  /^(?:::ffff:)?(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)|^::1$|^f[cd][0-9a-f]{2}:|^fe80:/iu.test(
    ip,
  );

/** Whether a password may travel there without encryption. What a name leads to is not ours to decide, so a name is not enough. */
export const isNearHost = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || (isIP(host) !== 0 && isNear(host));
