import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { ZodType } from 'zod';
import { ErrorBody } from '#contracts';

/** Documents what a route answers: its own schema, and the error shape for everything else. */
export const Answers = (status: number, schema?: ZodType, description = 'Done') =>
  applyDecorators(
    ApiResponse({ status, description, ...(schema ? { standardSchema: schema } : {}) }),
    ApiResponse({ status: 'default', description: 'Error', standardSchema: ErrorBody }),
  );
