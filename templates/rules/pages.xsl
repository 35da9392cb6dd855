<?xml version="1.0" encoding="UTF-8"?>
<!-- The rules that look at the finished pages, as one stylesheet: what they share is compiled and computed once.
     The program includes here every file of rules whose root says input="pages", and calls them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="functions.xsl"/>

  <xsl:template match="/" priority="10">
    <findings/>
  </xsl:template>
</xsl:stylesheet>
