import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The whole interface as OpenAPI 3.1, from the same zod schemas that validate it. */
export const openApiDocument = (app: NestFastifyApplication): OpenAPIObject =>
  SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Hilo')
      .setDescription(
        'One open case per customer. Errors are {code, message, details?, requestId}; pages are keyset {items, nextCursor}.',
      )
      .setVersion('1')
      .addCookieAuth('hilo_session')
      .addBearerAuth()
      .build(),
  );

export const serveOpenApi = (app: NestFastifyApplication): void =>
  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), { jsonDocumentUrl: 'api/openapi.json' });
