import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What /metrics tells (Prometheus text format). One per process. */
export class Metrics {
  readonly registry = new Registry();
  readonly httpSeconds = new Histogram({
    name: 'hilo_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  });
  readonly arrivals = new Counter({
    name: 'hilo_arrivals_total',
    help: 'Arrivals by channel and outcome',
    labelNames: ['channel', 'outcome'] as const,
    registers: [this.registry],
  });
  readonly deliveries = new Counter({
    name: 'hilo_deliveries_total',
    help: 'Delivery tries by channel and outcome',
    labelNames: ['channel', 'outcome'] as const,
    registers: [this.registry],
  });
  readonly published = new Counter({
    name: 'hilo_events_published_total',
    help: 'Case events handed on by the relay',
    registers: [this.registry],
  });
  readonly clockMismatches = new Counter({
    name: 'hilo_clock_mismatches_total',
    help: 'Cases whose clocks are others than what happened in them makes',
    registers: [this.registry],
  });
  readonly relayLag = new Gauge({
    name: 'hilo_relay_lag_seconds',
    help: 'Age of the oldest event not handed on yet',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
