import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, Secrets, type Clock } from '#platform';
import { PartnerKeys, type KeyHolder } from '../../partners/partner-keys.service.js';

const PURPOSE = 'tmf621.token';
const [ID_BYTES, TIME_BYTES, SIGNATURE_BYTES] = [16, 4, 16];
const SIGNED_BYTES = ID_BYTES + TIME_BYTES;
const TOKEN_SECONDS = 3600;

/** Partners' systems at our door: by an API key, or by a token for their OAuth 2 client (RFC 6749 §4.4). */
@Injectable()
export class TmfAccess {
  constructor(
    private readonly database: DataSource,
    private readonly keys: PartnerKeys,
    private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Null: there is no such client, or its secret is another. */
  async grant(clientId: string, secret: string): Promise<{ token: string; seconds: number } | null> {
    const holder = await this.keys.byClient(this.database.manager, clientId, secret);
    if (!holder) return null;
    const signed = Buffer.alloc(SIGNED_BYTES);
    signed.write(holder.keyId.replaceAll('-', ''), 'hex');
    signed.writeUInt32BE(Math.floor(this.clock.now().getTime() / 1000) + TOKEN_SECONDS, ID_BYTES);
    const signature = this.secrets.sign(PURPOSE, signed.toString('hex'), SIGNATURE_BYTES);
    return { token: Buffer.concat([signed, signature]).toString('base64url'), seconds: TOKEN_SECONDS };
  }

  /** Whose call it is; null: nobody's. A token ends with the key it was given for. */
  async caller(authorization: string | undefined, apiKey: string | undefined): Promise<KeyHolder | null> {
    const { manager } = this.database;
    const bearer = /^Bearer (.+)$/iu.exec(authorization ?? '')?.[1]?.trim();
    const keyId = bearer ? this.keyOf(bearer) : null;
    if (keyId) return this.keys.stillOpens(manager, keyId);
    const key = apiKey ?? bearer;
    return key ? this.keys.byApiKey(manager, key) : null;
  }

  private keyOf(token: string): string | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== SIGNED_BYTES + SIGNATURE_BYTES || bytes.toString('base64url') !== token) return null;
    const signed = bytes.subarray(0, SIGNED_BYTES);
    if (!this.secrets.isSigned(PURPOSE, signed.toString('hex'), bytes.subarray(SIGNED_BYTES))) return null;
    if (signed.readUInt32BE(ID_BYTES) * 1000 <= this.clock.now().getTime()) return null;
    return signed.toString('hex', 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
  }
}
