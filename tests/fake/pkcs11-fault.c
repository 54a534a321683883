/*
 * A PKCS#11 driver that stands in front of SoftHSM2 and shows what a software token never does: a PIN try counter, a token pulled
 * out in the middle of signing, a slow or hanging chip, a driver that crashes.
 *
 * PKCS11_FAULT_REAL     the driver behind
 * PKCS11_FAULT_CONTROL  a file of lines "key value", read anew at every call:
 *   tries N       the PIN locks after N wrong attempts (decimal)
 *   login_err H   C_Login answers this code (hexadecimal)
 *   sign_err H    C_Sign answers this code ...
 *   after N       ... from the N-th signature on
 *   sign_ms N     every C_Sign takes this long; a very large value is a hang
 *   list_ms N     C_GetSlotList takes this long
 *   crash 1       C_Sign ends the process as a fault in a driver does
 * Every C_Login appends one byte to PKCS11_FAULT_CONTROL.logins, so that a test can count attempts.
 */
#define CK_PTR *
#define CK_DECLARE_FUNCTION(returnType, name) returnType name
#define CK_DECLARE_FUNCTION_POINTER(returnType, name) returnType(*name)
#define CK_CALLBACK_FUNCTION(returnType, name) returnType(*name)
#ifndef NULL_PTR
#define NULL_PTR 0
#endif
#include "pkcs11.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static CK_FUNCTION_LIST_PTR real;
static CK_FUNCTION_LIST shown;
static long wrong_attempts = 0;
static long signatures = 0;

static long control(const char *key, int base, long otherwise) {
  const char *path = getenv("PKCS11_FAULT_CONTROL");
  FILE *file = path ? fopen(path, "r") : NULL;
  char name[64], value[64];
  long found = otherwise;
  if (!file) return otherwise;
  while (fscanf(file, "%63s %63s", name, value) == 2)
    if (!strcmp(name, key)) found = strtol(value, NULL, base);
  fclose(file);
  return found;
}

static void count_login(void) {
  const char *path = getenv("PKCS11_FAULT_CONTROL");
  char counter[1024];
  FILE *file;
  if (!path) return;
  snprintf(counter, sizeof counter, "%s.logins", path);
  file = fopen(counter, "a");
  if (!file) return;
  fputc('x', file);
  fclose(file);
}

static void wait_ms(long ms) {
  while (ms > 0) {
    long step = ms > 500 ? 500 : ms;
    usleep((useconds_t)step * 1000);
    ms -= step;
  }
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  wait_ms(control("list_ms", 10, 0));
  return real->C_GetSlotList(present, slots, count);
}

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  long tries = control("tries", 10, 0);
  CK_RV answer = real->C_GetTokenInfo(slot, info);
  if (answer != CKR_OK || !tries) return answer;
  info->flags &= ~(CK_FLAGS)(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
  if (wrong_attempts >= tries) info->flags |= CKF_USER_PIN_LOCKED;
  else if (wrong_attempts == tries - 1) info->flags |= CKF_USER_PIN_FINAL_TRY;
  else if (wrong_attempts > 0) info->flags |= CKF_USER_PIN_COUNT_LOW;
  return CKR_OK;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  long fault = control("login_err", 16, 0);
  long tries = control("tries", 10, 0);
  CK_RV answer;
  count_login();
  if (fault) return (CK_RV)fault;
  if (tries && wrong_attempts >= tries) return CKR_PIN_LOCKED;
  answer = real->C_Login(session, user, pin, length);
  if (answer == CKR_OK) wrong_attempts = 0;
  if (answer == CKR_PIN_INCORRECT) {
    wrong_attempts++;
    if (tries && wrong_attempts >= tries) return CKR_PIN_LOCKED;
  }
  return answer;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature, CK_ULONG_PTR room) {
  if (signature) {
    long fault = control("sign_err", 16, 0);
    if (control("crash", 10, 0)) abort();
    if (fault && signatures >= control("after", 10, 0)) return (CK_RV)fault;
    signatures++;
    wait_ms(control("sign_ms", 10, 0));
  }
  return real->C_Sign(session, data, length, signature, room);
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR out) {
  if (!real) {
    const char *path = getenv("PKCS11_FAULT_REAL");
    void *library = path ? dlopen(path, RTLD_NOW) : NULL;
    CK_RV (*get)(CK_FUNCTION_LIST_PTR_PTR) = library ? (CK_RV(*)(CK_FUNCTION_LIST_PTR_PTR))dlsym(library, "C_GetFunctionList") : NULL;
    if (!get || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
    shown = *real;
    shown.C_GetSlotList = get_slot_list;
    shown.C_GetTokenInfo = get_token_info;
    shown.C_Login = login;
    shown.C_Sign = sign;
  }
  *out = &shown;
  return CKR_OK;
}
