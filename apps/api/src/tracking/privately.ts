import type { FastifyReply } from 'fastify';
import { POLICY } from './style.js';

/** The address is the key: it stays out of caches, search engines and the Referer of whatever is followed from here. */
export function privately(reply: FastifyReply, policy: string = POLICY): void {
  void reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'private, no-store')
    .header('x-robots-tag', 'noindex, nofollow')
    .header('referrer-policy', 'no-referrer')
    .header('content-security-policy', policy);
}
