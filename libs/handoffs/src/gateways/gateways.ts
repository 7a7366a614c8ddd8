import { Injectable } from '@nestjs/common';
import type { GatewayKind } from '#contracts';
import type { PartnerGateway } from './gateway.js';

/** The ways to partners there are: each tells of itself when it starts. */
@Injectable()
export class Gateways {
  private readonly known = new Map<GatewayKind, PartnerGateway>();

  register(gateway: PartnerGateway): void {
    this.known.set(gateway.kind, gateway);
  }

  of(kind: GatewayKind): PartnerGateway {
    const gateway = this.known.get(kind);
    if (!gateway) throw new Error(`no gateway ${kind}`);
    return gateway;
  }
}
