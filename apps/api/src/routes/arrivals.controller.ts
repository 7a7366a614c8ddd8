import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  CallAnswer,
  CallBody,
  ElsewhereAnswer,
  ElsewhereBody,
  readDeviceNumber,
  VisitAnswer,
  VisitBody,
} from '#contracts';
import { ArrivalService, TypedReferences } from '#cases';
import { IdempotencyService, type Principal } from '#identity';
import { Wake, withRetry } from '#platform';
import { Devices } from '#repairs';
import { Answers } from '../http/answers.js';
import { IdempotencyKey, Me } from '../http/principal.js';

/** Arrivals that staff write down. */
@ApiTags('arrivals')
@Controller('api/v1')
export class ArrivalsController {
  constructor(
    private readonly database: DataSource,
    private readonly arrivals: ArrivalService,
    private readonly devices: Devices,
    private readonly references: TypedReferences,
    private readonly idempotency: IdempotencyService,
    private readonly wake: Wake,
  ) {}

  @Post('visits')
  @Answers(201, VisitAnswer)
  async visit(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: VisitBody }) body: z.infer<typeof VisitBody>,
  ): Promise<z.infer<typeof VisitAnswer>> {
    await this.references.admit(me, body);
    const answer = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['visit', body], async () => {
        const { id, caseId, customerId, caseReference, matchedBy } = await this.arrivals.visit(tx, me, body);
        const deviceId = await this.presented(tx, me, caseId, body.device);
        return { visitId: id, caseId, customerId, caseReference, matchedBy, deviceId };
      }),
    );
    this.wake.ring('relay');
    return answer;
  }

  /** What was typed in haste and is no number of a phone stays with the visit as it was typed. */
  private async presented(
    tx: EntityManager,
    me: Principal,
    caseId: string,
    device: z.infer<typeof VisitBody>['device'],
  ): Promise<string | null> {
    if (!device?.imei || readDeviceNumber(device.imei).kind === null) return null;
    const { deviceId } = await this.devices.present(tx, me, { caseId, imei: device.imei, modelName: device.model });
    return deviceId;
  }

  @Post('calls')
  @Answers(201, CallAnswer)
  async call(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: CallBody }) body: z.infer<typeof CallBody>,
  ): Promise<z.infer<typeof CallAnswer>> {
    await this.references.admit(me, body);
    const answer = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['call', body], async () => {
        const { id, caseId, customerId, caseReference, matchedBy } = await this.arrivals.call(tx, me, body);
        return { callId: id, caseId, customerId, caseReference, matchedBy };
      }),
    );
    this.wake.ring('relay');
    return answer;
  }

  @Post('elsewhere')
  @Answers(201, ElsewhereAnswer)
  async elsewhere(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Body({ schema: ElsewhereBody }) body: z.infer<typeof ElsewhereBody>,
  ): Promise<z.infer<typeof ElsewhereAnswer>> {
    await this.references.admit(me, body);
    const answer = await withRetry(this.database, (tx) =>
      this.idempotency.once(tx, me.id, key, ['elsewhere', body], async () => {
        const { interactionId, caseId, customerId, caseReference, matchedBy } = await this.arrivals.elsewhere(
          tx,
          me,
          body,
        );
        return { interactionId, caseId, customerId, caseReference, matchedBy };
      }),
    );
    this.wake.ring('relay');
    return answer;
  }
}
