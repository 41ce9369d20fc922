namespace HlDynamic.Bytecode;

/// <summary>
/// The instructions of HashLink bytecode, with their numbers in the file (HashLink opcodes.h). In the descriptions a
/// letter is the register that operand names, and a jump counts from the instruction after it.
/// </summary>
public enum HlOpcode : byte
{
    /// <summary>A = B.</summary>
    OMov = 0,
    /// <summary>A = the int constant B.</summary>
    OInt = 1,
    /// <summary>A = the float constant B.</summary>
    OFloat = 2,
    /// <summary>A = B (0 or 1).</summary>
    OBool = 3,
    /// <summary>A = the constant bytes B.</summary>
    OBytes = 4,
    /// <summary>A = the string constant B, as bytes of UTF-16.</summary>
    OString = 5,
    /// <summary>A = null.</summary>
    ONull = 6,
    /// <summary>A = B + C.</summary>
    OAdd = 7,
    /// <summary>A = B - C.</summary>
    OSub = 8,
    /// <summary>A = B * C.</summary>
    OMul = 9,
    /// <summary>A = B / C, signed; 0 where C is 0.</summary>
    OSDiv = 10,
    /// <summary>A = B / C, unsigned; 0 where C is 0.</summary>
    OUDiv = 11,
    /// <summary>A = B % C, signed; 0 where C is 0.</summary>
    OSMod = 12,
    /// <summary>A = B % C, unsigned; 0 where C is 0.</summary>
    OUMod = 13,
    /// <summary>A = B shifted left by C.</summary>
    OShl = 14,
    /// <summary>A = B shifted right by C, keeping the sign.</summary>
    OSShr = 15,
    /// <summary>A = B shifted right by C, filling with zero.</summary>
    OUShr = 16,
    /// <summary>A = B and C.</summary>
    OAnd = 17,
    /// <summary>A = B or C.</summary>
    OOr = 18,
    /// <summary>A = B exclusive or C.</summary>
    OXor = 19,
    /// <summary>A = -B.</summary>
    ONeg = 20,
    /// <summary>A = not B.</summary>
    ONot = 21,
    /// <summary>A = A + 1.</summary>
    OIncr = 22,
    /// <summary>A = A - 1.</summary>
    ODecr = 23,
    /// <summary>A = function B().</summary>
    OCall0 = 24,
    /// <summary>A = function B(one argument).</summary>
    OCall1 = 25,
    /// <summary>A = function B(two arguments).</summary>
    OCall2 = 26,
    /// <summary>A = function B(three arguments).</summary>
    OCall3 = 27,
    /// <summary>A = function B(four arguments).</summary>
    OCall4 = 28,
    /// <summary>A = function B(any arguments).</summary>
    OCallN = 29,
    /// <summary>A = virtual method B of the first argument, called with the arguments.</summary>
    OCallMethod = 30,
    /// <summary>A = virtual method B of register 0, called with register 0 and the arguments.</summary>
    OCallThis = 31,
    /// <summary>A = closure B called with the arguments.</summary>
    OCallClosure = 32,
    /// <summary>A = a closure of function B.</summary>
    OStaticClosure = 33,
    /// <summary>A = a closure of function B over C.</summary>
    OInstanceClosure = 34,
    /// <summary>A = a closure of virtual method C over B.</summary>
    OVirtualClosure = 35,
    /// <summary>A = global B.</summary>
    OGetGlobal = 36,
    /// <summary>Global A = B.</summary>
    OSetGlobal = 37,
    /// <summary>A = field C of B.</summary>
    OField = 38,
    /// <summary>Field B of A = C.</summary>
    OSetField = 39,
    /// <summary>A = field B of register 0.</summary>
    OGetThis = 40,
    /// <summary>Field A of register 0 = B.</summary>
    OSetThis = 41,
    /// <summary>A = the field named by string C of B.</summary>
    ODynGet = 42,
    /// <summary>The field named by string B of A = C.</summary>
    ODynSet = 43,
    /// <summary>Jump by B if A is true.</summary>
    OJTrue = 44,
    /// <summary>Jump by B if A is false.</summary>
    OJFalse = 45,
    /// <summary>Jump by B if A is null.</summary>
    OJNull = 46,
    /// <summary>Jump by B if A is not null.</summary>
    OJNotNull = 47,
    /// <summary>Jump by C if A is less than B.</summary>
    OJSLt = 48,
    /// <summary>Jump by C if A is greater than or equal to B.</summary>
    OJSGte = 49,
    /// <summary>Jump by C if A is greater than B.</summary>
    OJSGt = 50,
    /// <summary>Jump by C if A is less than or equal to B.</summary>
    OJSLte = 51,
    /// <summary>Jump by C if A is less than B, unsigned.</summary>
    OJULt = 52,
    /// <summary>Jump by C if A is greater than or equal to B, unsigned.</summary>
    OJUGte = 53,
    /// <summary>Jump by C unless A is less than B.</summary>
    OJNotLt = 54,
    /// <summary>Jump by C unless A is greater than or equal to B.</summary>
    OJNotGte = 55,
    /// <summary>Jump by C if A equals B.</summary>
    OJEq = 56,
    /// <summary>Jump by C if A does not equal B.</summary>
    OJNotEq = 57,
    /// <summary>Jump by A.</summary>
    OJAlways = 58,
    /// <summary>A = B boxed.</summary>
    OToDyn = 59,
    /// <summary>A = the signed number B as a float.</summary>
    OToSFloat = 60,
    /// <summary>A = the unsigned number B as a float.</summary>
    OToUFloat = 61,
    /// <summary>A = the number B as an integer.</summary>
    OToInt = 62,
    /// <summary>A = B, checked and converted to the type of A.</summary>
    OSafeCast = 63,
    /// <summary>A = B, taken to be of the type of A.</summary>
    OUnsafeCast = 64,
    /// <summary>A = a structural view of B.</summary>
    OToVirtual = 65,
    /// <summary>The target of a backward jump.</summary>
    OLabel = 66,
    /// <summary>Return A.</summary>
    ORet = 67,
    /// <summary>Throw A.</summary>
    OThrow = 68,
    /// <summary>Throw A again, keeping the stack of its first throw.</summary>
    ORethrow = 69,
    /// <summary>Jump by the target numbered A, or go on if there is none.</summary>
    OSwitch = 70,
    /// <summary>Throw if A is null.</summary>
    ONullCheck = 71,
    /// <summary>From here an exception is stored in A and jumps by B.</summary>
    OTrap = 72,
    /// <summary>The last trap ends.</summary>
    OEndTrap = 73,
    /// <summary>A = the byte at offset C of B.</summary>
    OGetI8 = 74,
    /// <summary>A = the 16 bits at offset C of B.</summary>
    OGetI16 = 75,
    /// <summary>A = the value at offset C of B.</summary>
    OGetMem = 76,
    /// <summary>A = element C of B.</summary>
    OGetArray = 77,
    /// <summary>The byte at offset B of A = C.</summary>
    OSetI8 = 78,
    /// <summary>The 16 bits at offset B of A = C.</summary>
    OSetI16 = 79,
    /// <summary>The value at offset B of A = C.</summary>
    OSetMem = 80,
    /// <summary>Element B of A = C.</summary>
    OSetArray = 81,
    /// <summary>A = a new object of the register's type.</summary>
    ONew = 82,
    /// <summary>A = the length of B.</summary>
    OArraySize = 83,
    /// <summary>A = the type B as a value.</summary>
    OType = 84,
    /// <summary>A = the type of the value B.</summary>
    OGetType = 85,
    /// <summary>A = the kind of the type B.</summary>
    OGetTID = 86,
    /// <summary>A = a reference to register B.</summary>
    ORef = 87,
    /// <summary>A = the value B refers to.</summary>
    OUnref = 88,
    /// <summary>The value A refers to = B.</summary>
    OSetref = 89,
    /// <summary>A = constructor B with the arguments.</summary>
    OMakeEnum = 90,
    /// <summary>A = constructor B with default arguments.</summary>
    OEnumAlloc = 91,
    /// <summary>A = the constructor's number of B.</summary>
    OEnumIndex = 92,
    /// <summary>A = parameter D of B, which is of constructor C.</summary>
    OEnumField = 93,
    /// <summary>Parameter B of A, which is of constructor 0, = C.</summary>
    OSetEnumField = 94,
    /// <summary>Fail: this cannot be reached.</summary>
    OAssert = 95,
    /// <summary>A = a reference to the first element of B.</summary>
    ORefData = 96,
    /// <summary>A = the reference B moved by C elements.</summary>
    ORefOffset = 97,
    /// <summary>Nothing.</summary>
    ONop = 98,
    /// <summary>Hint that field B - 1 of A (or A itself, for 0) will be used, in mode C.</summary>
    OPrefetch = 99,
    /// <summary>Machine code: mode A, value B, register C - 1.</summary>
    OAsm = 100,
    /// <summary>The trap before catches values of the class in global A.</summary>
    OCatch = 101,
}
