/** For a machine that also runs the product and a browser: modest memory, no surprises in plans, safe commits. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '100',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  logging_collector: 'off',
  log_destination: 'stderr',
};

/** A database that only lives for a test run may lose everything with the machine. */
const SHORT_LIVED: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '300',
  autovacuum_naptime: '10s',
};

/** Command line of the server: what it is told here wins over postgresql.conf. */
export function serverArguments(options: { port: number; clusterName: string; shortLived: boolean }): string[] {
  const settings = { ...SETTINGS, ...(options.shortLived ? SHORT_LIVED : {}) };
  const pairs = { ...settings, port: String(options.port), cluster_name: options.clusterName };
  return Object.entries(pairs).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
