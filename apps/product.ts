import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Agent, StoreRecord } from '#identity';
import { PlatformModule, type Config, type PlatformOptions } from '#platform';
import { ApiModule } from './api/src/api.module.js';
import { HealthModule } from './api/src/health.module.js';
import { configureHttp, newFastifyAdapter } from './api/src/http/http-app.js';
import { LiveServer } from './api/src/live/live-server.js';
import { serveOpenApi } from './api/src/openapi.js';
import { Doors } from './worker/src/doors.js';
import { WorkerModule } from './worker/src/worker.module.js';

@Module({})
class ProductModule {
  static forRoles(config: Config, options: PlatformOptions): DynamicModule {
    const roles = [
      ...(config.roles.includes('api') ? [ApiModule] : []),
      ...(config.roles.includes('worker') ? [WorkerModule] : []),
    ];
    return {
      module: ProductModule,
      imports: [PlatformModule.forRoot(config, { entities: [Agent, StoreRecord], ...options }), HealthModule, ...roles],
    };
  }
}

export interface Product {
  app: NestFastifyApplication;
  httpPort: number;
  mailPort: number;
  stop(): Promise<void>;
}

/** Starts the product in this process with the roles of its config. A worker alone serves only health and metrics. */
export async function startProduct(config: Config, options: PlatformOptions = {}): Promise<Product> {
  const app = await NestFactory.create<NestFastifyApplication>(
    ProductModule.forRoles(config, options),
    newFastifyAdapter(),
    {
      bufferLogs: true,
      abortOnError: false,
    },
  );
  await configureHttp(app);
  const api = config.roles.includes('api');
  if (api) {
    serveOpenApi(app);
    app.get(LiveServer).attach(app.getHttpServer());
  }
  await app.listen(config.http.port, config.http.host);
  const mailPort = config.roles.includes('worker') ? app.get(Doors).mailPort : 0;
  const address = app.getHttpServer().address();
  const httpPort = typeof address === 'object' && address ? address.port : config.http.port;
  return { app, httpPort, mailPort, stop: () => app.close() };
}
