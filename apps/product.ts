import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Agent, StoreRecord } from '#identity';
import { PlatformModule, within, type Config, type PlatformOptions } from '#platform';
import { ApiModule } from './api/src/api.module.js';
import { HealthModule } from './api/src/health.module.js';
import { configureHttp, newFastifyAdapter } from './api/src/http/http-app.js';
import { LiveServer } from './api/src/live/live-server.js';
import { serveOpenApi } from './api/src/openapi.js';
import { Doors } from './worker/src/doors.js';
import { WorkerModule } from './worker/src/worker.module.js';

/** Shorter than anybody who asks us to stop waits before they kill. */
const STOP_MS = 4500;

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
  /** Finishes what is in hand, within 4.5 s. What takes longer is treated as after a crash: nothing is lost. */
  stop(): Promise<void>;
}

/** Starts the product in this process with the roles of its config. A worker alone serves only health and metrics. */
export async function startProduct(config: Config, options: PlatformOptions = {}): Promise<Product> {
  const app = await NestFactory.create<NestFastifyApplication>(
    ProductModule.forRoles(config, options),
    newFastifyAdapter(config.http.trustedProxies),
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
  const stop = async () => {
    if (!(await within(STOP_MS, app.close()))) new Logger('Product').warn('what does not end in time is cut off');
  };
  return { app, httpPort, mailPort, stop };
}
