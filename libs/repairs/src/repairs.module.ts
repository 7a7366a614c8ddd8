import { Module, type Provider } from '@nestjs/common';
import { CasesModule } from '#cases';
import { IdentityModule } from '#identity';
import { orderParts, orderServices } from './orders/order.services.js';
import { DeviceFaults } from './devices/device-faults.service.js';
import { DeviceHistories } from './devices/device-history.js';
import { DeviceModels } from './devices/device-models.service.js';
import { DeviceReader } from './devices/device-reader.js';
import { DeviceRecords } from './devices/device-records.service.js';
import { Devices } from './devices/devices.service.js';
import { Purchases } from './devices/purchases.js';
import { DecisionReader } from './warranty/decision-reader.js';
import { ParameterShelf } from './warranty/parameter-shelf.js';
import { SecondOpinions } from './warranty/second-opinions.service.js';
import { WarrantyDecisions } from './warranty/warranty-decisions.service.js';
import { WarrantyParameters } from './warranty/warranty-parameters.service.js';
import { WarrantyTerms } from './warranty/warranty-terms.service.js';

const devices = [DeviceFaults, DeviceHistories, DeviceModels, DeviceReader, DeviceRecords, Devices, Purchases];
const warranties = [
  DecisionReader,
  ParameterShelf,
  SecondOpinions,
  WarrantyDecisions,
  WarrantyParameters,
  WarrantyTerms,
];
const services: Provider[] = [...devices, ...warranties, ...orderServices];

/** Phones in the hand: what they are, who answers for them, and what is done to them. */
@Module({ imports: [CasesModule, IdentityModule], providers: [...services, ...orderParts], exports: services })
export class RepairsModule {}
