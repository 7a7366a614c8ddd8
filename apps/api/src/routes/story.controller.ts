import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import {
  CaseDetail,
  Closing,
  CorrectFactBody,
  FactBody,
  FactList,
  Id,
  ImpactBody,
  PatchImpactBody,
  PatchProblemBody,
  PatchPromiseBody,
  ProblemBody,
  PromiseBody,
  ReasonBody,
  ReExplanationBody,
  ReExplanationList,
} from '#contracts';
import {
  ClosingGuards,
  FactService,
  ImpactService,
  ProblemService,
  PromiseService,
  ReExplanationService,
} from '#cases';
import type { Principal } from '#identity';
import { StoryView } from '#views';
import { Answers } from '../http/answers.js';
import { CaseDeeds } from '../http/case-deeds.js';
import { IdempotencyKey, Me } from '../http/principal.js';
import { canonical, readerOf } from '../http/reader.js';

const JSON_TEXT = 'application/json; charset=utf-8';

/** The problems of a case and what the customer lacks by them; each answers with the case. */
@ApiTags('cases')
@Controller('api/v1/cases/:id')
export class ProblemsController {
  constructor(
    private readonly deeds: CaseDeeds,
    private readonly problems: ProblemService,
    private readonly impacts: ImpactService,
  ) {}

  @Post('problems')
  @Header('content-type', JSON_TEXT)
  @Answers(201, CaseDetail)
  add(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: ProblemBody }) body: z.infer<typeof ProblemBody>,
  ): Promise<string> {
    return this.deeds.run(me, { key, request: ['problem', id, body] }, (tx) =>
      this.problems.add(tx, me, id, body.statement),
    );
  }

  @Patch('problems/:problemId')
  @Header('content-type', JSON_TEXT)
  @Answers(200, CaseDetail)
  change(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('problemId', { schema: Id }) problemId: string,
    @Body({ schema: PatchProblemBody }) body: PatchProblemBody,
  ): Promise<string> {
    return this.deeds.run(me, null, (tx) => this.problems.change(tx, me, id, problemId, body));
  }

  @Post('impacts')
  @Header('content-type', JSON_TEXT)
  @Answers(201, CaseDetail)
  report(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: ImpactBody }) body: ImpactBody,
  ): Promise<string> {
    return this.deeds.run(me, { key, request: ['impact', id, body] }, (tx) => this.impacts.report(tx, me, id, body));
  }

  @Patch('impacts/:impactId')
  @Header('content-type', JSON_TEXT)
  @Answers(200, CaseDetail)
  move(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('impactId', { schema: Id }) impactId: string,
    @Body({ schema: PatchImpactBody }) body: z.infer<typeof PatchImpactBody>,
  ): Promise<string> {
    return this.deeds.run(me, null, (tx) => this.impacts.move(tx, me, id, impactId, body.state));
  }
}

/** The facts of the story and the promises in it; each answers with the case. */
@ApiTags('cases')
@Controller('api/v1/cases/:id')
export class FactsController {
  constructor(
    private readonly deeds: CaseDeeds,
    private readonly factService: FactService,
    private readonly promises: PromiseService,
  ) {}

  @Post('facts')
  @Header('content-type', JSON_TEXT)
  @Answers(201, CaseDetail)
  add(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: FactBody }) body: FactBody,
  ): Promise<string> {
    return this.deeds.run(me, { key, request: ['fact', id, body] }, (tx) => this.factService.write(tx, me, id, body));
  }

  @Patch('facts/:factId')
  @Header('content-type', JSON_TEXT)
  @Answers(200, CaseDetail)
  correct(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('factId', { schema: Id }) factId: string,
    @Body({ schema: CorrectFactBody }) body: CorrectFactBody,
  ): Promise<string> {
    return this.deeds.run(me, null, (tx) => this.factService.correct(tx, me, id, factId, body));
  }

  @Post('facts/:factId/withdraw')
  @HttpCode(200)
  @Header('content-type', JSON_TEXT)
  @Answers(200, CaseDetail)
  withdraw(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('factId', { schema: Id }) factId: string,
    @Body({ schema: ReasonBody }) body: z.infer<typeof ReasonBody>,
  ): Promise<string> {
    return this.deeds.run(me, null, (tx) => this.factService.withdraw(tx, me, id, factId, body.reason));
  }

  @Post('promises')
  @Header('content-type', JSON_TEXT)
  @Answers(201, CaseDetail)
  promise(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: PromiseBody }) body: PromiseBody,
  ): Promise<string> {
    return this.deeds.run(me, { key, request: ['promise', id, body] }, (tx) => this.promises.make(tx, me, id, body));
  }

  @Patch('promises/:promiseId')
  @Header('content-type', JSON_TEXT)
  @Answers(200, CaseDetail)
  decide(
    @Me() me: Principal,
    @Param('id') id: string,
    @Param('promiseId', { schema: Id }) promiseId: string,
    @Body({ schema: PatchPromiseBody }) body: PatchPromiseBody,
  ): Promise<string> {
    return this.deeds.run(me, null, (tx) => this.promises.change(tx, me, id, promiseId, body));
  }
}

/** What lies behind the story, each asked for when somebody looks at it; and what the customer had to say again. */
@ApiTags('cases')
@Controller('api/v1/cases/:id')
export class StoryController {
  constructor(
    private readonly database: DataSource,
    private readonly deeds: CaseDeeds,
    private readonly story: StoryView,
    private readonly guards: ClosingGuards,
    private readonly again: ReExplanationService,
  ) {}

  /** Every version of every fact, newest first. */
  @Get('facts')
  @Answers(200, FactList)
  async facts(@Me() me: Principal, @Param('id') id: string): Promise<z.infer<typeof FactList>> {
    const { manager } = this.database;
    return { items: await this.story.versions(manager, this.deeds.readerOf(me), await this.idOf(me, id)) };
  }

  @Get('re-explanations')
  @Answers(200, ReExplanationList)
  async reExplanations(@Me() me: Principal, @Param('id') id: string): Promise<z.infer<typeof ReExplanationList>> {
    const { manager } = this.database;
    return { items: await this.story.reExplanations(manager, await this.idOf(me, id)) };
  }

  @Post('re-explanations')
  @Header('content-type', JSON_TEXT)
  @Answers(201, CaseDetail)
  reExplained(
    @Me() me: Principal,
    @IdempotencyKey() key: string | undefined,
    @Param('id') id: string,
    @Body({ schema: ReExplanationBody }) body: ReExplanationBody,
  ): Promise<string> {
    return this.deeds.run(me, { key, request: ['re-explanation', id, body] }, (tx) => this.again.add(tx, me, id, body));
  }

  /** What keeps the case open, and how far the question to the customer is. */
  @Get('closing')
  @Answers(200, Closing)
  async closing(@Me() me: Principal, @Param('id') id: string): Promise<Closing> {
    const { manager } = this.database;
    const caseId = await this.idOf(me, id);
    return {
      blockers: await this.guards.blockers(manager, caseId),
      question: await this.story.question(manager, caseId),
    };
  }

  private idOf(me: Principal, id: string): Promise<string> {
    return this.story.caseId(this.database.manager, readerOf(me), canonical(id));
  }
}
