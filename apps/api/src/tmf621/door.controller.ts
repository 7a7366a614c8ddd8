import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { TmfAccess, TmfFiles, TmfRegistrations } from '#handoffs';
import { DomainError } from '#platform';
import { Public } from '../http/principal.js';

const Asked = z.object({
  grant_type: z.string().optional(),
  client_id: z.string().max(200).optional(),
  client_secret: z.string().max(500).optional(),
});

/** Tokens for partners' OAuth 2 clients, what their systems tell us, and files they were told of: each by its own key. */
@ApiExcludeController()
@Controller('tmf-api')
@Public()
export class TmfDoorController {
  constructor(
    private readonly database: DataSource,
    private readonly access: TmfAccess,
    private readonly registrations: TmfRegistrations,
    private readonly files: TmfFiles,
  ) {}

  /** RFC 6749 §4.4, with the client's credentials in the header or in the form. */
  @Post('oauth2/token')
  async token(
    @Body() body: unknown,
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    void reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' });
    const form = Asked.safeParse(body).data;
    if (form?.grant_type !== 'client_credentials') {
      void reply.status(400);
      return { error: form?.grant_type === undefined ? 'invalid_request' : 'unsupported_grant_type' };
    }
    const [id, secret] = basic(authorization) ?? [form.client_id ?? '', form.client_secret ?? ''];
    const granted = await this.access.grant(id, secret);
    if (!granted) {
      void reply.status(401).header('www-authenticate', 'Basic realm="tmf-api"');
      return { error: 'invalid_client' };
    }
    void reply.status(200);
    return { access_token: granted.token, token_type: 'Bearer', expires_in: granted.seconds };
  }

  @Post('partners/:token')
  @HttpCode(201)
  async told(@Param('token') token: string, @Body() body: unknown): Promise<Record<string, never>> {
    if (!(await this.registrations.heard(token, body))) throw new DomainError('request.not_found');
    return {};
  }

  @Post('partners/:token/listener/:event')
  @HttpCode(201)
  async toldOf(@Param('token') token: string, @Body() body: unknown): Promise<Record<string, never>> {
    return this.told(token, body);
  }

  @Get('files/:token')
  async file(@Param('token') token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const { body, size, fileName } = await this.files.open(this.database.manager, token);
    void reply.headers({
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    });
    return new StreamableFile(body, {
      type: 'application/octet-stream',
      length: size,
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    });
  }
}

function basic(authorization: string | undefined): [string, string] | null {
  const coded = /^Basic (.+)$/iu.exec(authorization ?? '')?.[1];
  if (coded === undefined) return null;
  const plain = Buffer.from(coded, 'base64').toString('utf8');
  const [id = '', secret = ''] = [plain.split(':', 1)[0], plain.slice(plain.indexOf(':') + 1)].map((part = '') =>
    decoded(part),
  );
  return [id, secret];
}

/** They are form-encoded first (RFC 6749 §2.3.1), though not everybody does. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', '%20'));
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
