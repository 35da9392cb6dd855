/* XPath functions for rules, in the namespace urn:prikaz:rules. */
#ifndef PRIKAZ_CHECK_FUNCTIONS_H
#define PRIKAZ_CHECK_FUNCTIONS_H

#define CHECK_NAMESPACE "urn:prikaz:rules"

/* Make the functions known to every stylesheet of the process; once is enough. */
void check_register_functions(void);

#endif
