import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { AbsorptionService } from './absorption.service.js';
import { ArrivalService } from './arrival.service.js';
import { AttachmentService } from './attachment.service.js';
import { AutomaticMail } from './automatic-mail.service.js';
import { CallAttachJob } from './call-attach.job.js';
import { CallLogService } from './call-log.service.js';
import { CaseService } from './case.service.js';
import { EntryMoveService } from './entry-move.service.js';
import { FileLinks } from './file-links.js';
import { InvitationService } from './invitation.service.js';
import { IntakeService } from './intake.service.js';
import { NoteService } from './note.service.js';
import { RecognitionService } from './recognition.service.js';
import { RejectService } from './reject.service.js';
import { ReplyService } from './reply.service.js';
import { SystemMail } from './system-mail.service.js';

const services = [
  IntakeService,
  RejectService,
  AutomaticMail,
  CaseService,
  NoteService,
  AttachmentService,
  ReplyService,
  ArrivalService,
  EntryMoveService,
  FileLinks,
  CallLogService,
  CallAttachJob,
  SystemMail,
  InvitationService,
];

@Module({
  imports: [IdentityModule],
  providers: [...services, RecognitionService, AbsorptionService],
  exports: services,
})
export class CasesModule {}
