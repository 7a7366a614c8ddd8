import type { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Config } from './config.js';
import { correlationId } from './correlation.js';

/** Structured logs on stdout, one JSON object a line; the correlation id of request or job on each. No bodies, no secrets. */
export const logModule = (config: Pick<Config, 'logLevel'>): DynamicModule =>
  LoggerModule.forRoot({
    pinoHttp: {
      level: config.logLevel,
      autoLogging: false,
      quietReqLogger: true,
      mixin: () => ({ correlationId: correlationId() }),
      redact: [
        'req.headers.authorization',
        'req.headers.cookie',
        'password',
        'token',
        'err.parameters',
        'err.query',
        'err.driverError',
      ],
    },
  });
