import type { CookieSerializeOptions } from '@fastify/cookie';

export const SESSION_COOKIE = 'hilo_session';

/** Not readable by scripts, not sent by other sites, only over TLS where the product is served over TLS. */
export const cookieOptions = (baseUrl: string, maxAge?: number): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'lax',
  secure: baseUrl.startsWith('https:'),
  ...(maxAge === undefined ? {} : { maxAge }),
});
