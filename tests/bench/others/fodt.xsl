<?xml version="1.0" encoding="UTF-8"?>
<!-- FO to a flat OpenDocument text, for LibreOffice: see common.xsl. Paragraphs have one of 64
     styles, as a clerk's would, not one each. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:exsl="http://exslt.org/common"
                xmlns:f="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
                xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
                xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
                xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
                xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
                exclude-result-prefixes="fo exsl">
  <xsl:import href="common.xsl"/>
  <xsl:output encoding="UTF-8"/>

  <xsl:template match="/fo:root">
    <office:document office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
      <office:font-face-decls><style:font-face style:name="Serif" svg:font-family="Liberation Serif"
          xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"/></office:font-face-decls>
      <office:styles>
        <style:default-style style:family="paragraph">
          <style:paragraph-properties f:line-height="100%" f:orphans="2" f:widows="2" f:hyphenation-ladder-count="no-limit"/>
          <style:text-properties style:font-name="Serif" f:font-size="14pt" f:language="ru" f:country="RU"/>
        </style:default-style>
        <xsl:call-template name="paragraph-styles"/>
        <style:style style:name="bold" style:family="text"><style:text-properties f:font-weight="bold"/></style:style>
        <style:style style:name="italic" style:family="text"><style:text-properties f:font-style="italic"/></style:style>
      </office:styles>
      <office:automatic-styles>
        <xsl:call-template name="page"/>
        <xsl:call-template name="page">
          <xsl:with-param name="name">landscape</xsl:with-param>
          <xsl:with-param name="margin-left">20mm</xsl:with-param>
        </xsl:call-template>
        <style:style style:name="number" style:family="paragraph"><style:paragraph-properties f:text-align="center"/></style:style>
        <xsl:for-each select="fo:page-sequence">
          <style:style style:name="{generate-id()}" style:family="paragraph">
            <xsl:attribute name="style:master-page-name">
              <xsl:value-of select="concat(substring('landscape', 1, 9 * contains(@master-reference, 'landscape')),
                                           substring('portrait', 1, 8 * not(contains(@master-reference, 'landscape'))))"/>
            </xsl:attribute>
            <style:paragraph-properties f:line-height="1pt"/><style:text-properties f:font-size="1pt"/>
          </style:style>
        </xsl:for-each>
        <style:style style:name="grid" style:family="table-cell">
          <style:table-cell-properties f:border="0.5pt solid #000000" f:padding-left="1.2mm" f:padding-right="1.2mm"
              f:padding-top="0.5mm" f:padding-bottom="0.5mm"/>
        </style:style>
        <style:style style:name="plain" style:family="table-cell"><style:table-cell-properties f:padding="0mm"/></style:style>
        <xsl:apply-templates select=".//fo:table" mode="styles"/>
      </office:automatic-styles>
      <office:master-styles>
        <style:master-page style:name="portrait" style:page-layout-name="portrait">
          <style:header><text:p text:style-name="number"><text:page-number/></text:p></style:header>
        </style:master-page>
        <style:master-page style:name="landscape" style:page-layout-name="landscape">
          <style:header><text:p text:style-name="number"><text:page-number/></text:p></style:header>
        </style:master-page>
      </office:master-styles>
      <office:body><office:text><xsl:apply-templates/></office:text></office:body>
    </office:document>
  </xsl:template>

  <xsl:template name="page">
    <xsl:param name="name">portrait</xsl:param>
    <xsl:param name="margin-left">30mm</xsl:param>
    <style:page-layout style:name="{$name}">
      <style:page-layout-properties style:print-orientation="{$name}" f:margin-top="10mm" f:margin-left="{$margin-left}">
        <xsl:attribute name="f:page-width"><xsl:value-of select="210 + 87 * ($name = 'landscape')"/>mm</xsl:attribute>
        <xsl:attribute name="f:page-height"><xsl:value-of select="297 - 87 * ($name = 'landscape')"/>mm</xsl:attribute>
        <xsl:attribute name="f:margin-right"><xsl:value-of select="10 + 10 * ($name = 'landscape')"/>mm</xsl:attribute>
        <xsl:attribute name="f:margin-bottom"><xsl:value-of select="20 - 10 * ($name = 'landscape')"/>mm</xsl:attribute>
      </style:page-layout-properties>
      <style:header-style><style:header-footer-properties f:min-height="10mm" f:margin-bottom="3mm"/></style:header-style>
    </style:page-layout>
  </xsl:template>

  <!-- alignment, bold (b), small (s), indented (i), to the right half (r), as in «center-b-s-i-r» -->
  <xsl:template name="paragraph-styles">
    <xsl:variable name="choices"><a>left</a><a>center</a><a>right</a><a>justify</a><b/><b>b</b><s/><s>s</s><i/><i>i</i><r/><r>r</r></xsl:variable>
    <xsl:variable name="all" select="exsl:node-set($choices)"/>
    <xsl:for-each select="$all/a"><xsl:variable name="a" select="."/>
      <xsl:for-each select="$all/b"><xsl:variable name="b" select="."/>
        <xsl:for-each select="$all/s"><xsl:variable name="s" select="."/>
          <xsl:for-each select="$all/i"><xsl:variable name="i" select="."/>
            <xsl:for-each select="$all/r">
              <style:style style:name="{concat($a, '-', $b, '-', $s, '-', $i, '-', .)}" style:family="paragraph">
                <style:paragraph-properties f:text-align="{$a}">
                  <xsl:if test="$i = 'i'"><xsl:attribute name="f:text-indent">12.5mm</xsl:attribute></xsl:if>
                  <xsl:if test=". = 'r'"><xsl:attribute name="f:margin-left">90mm</xsl:attribute></xsl:if>
                </style:paragraph-properties>
                <style:text-properties>
                  <xsl:if test="$b = 'b'"><xsl:attribute name="f:font-weight">bold</xsl:attribute></xsl:if>
                  <xsl:if test="$s = 's'"><xsl:attribute name="f:font-size">12pt</xsl:attribute></xsl:if>
                  <xsl:attribute name="f:hyphenate"><xsl:value-of select="$s = 's'"/></xsl:attribute>
                </style:text-properties>
              </style:style>
            </xsl:for-each>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:for-each>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="fo:flow">
    <text:p text:style-name="{generate-id(..)}"/>
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="fo:block">
    <xsl:variable name="align" select="ancestor-or-self::*[@text-align][1]/@text-align"/>
    <text:p>
      <xsl:attribute name="text:style-name">
        <xsl:value-of select="concat($align, substring('left', 1, 4 * not($align)),
            '-', substring('b', 1, ancestor-or-self::*[@font-weight][1]/@font-weight = 'bold'),
            '-', substring('s', 1, number(substring-before(ancestor-or-self::*[@font-size][1]/@font-size, 'pt')) &lt; 14),
            '-', substring('i', 1, ancestor-or-self::*[@text-indent][1]/@text-indent != '0pt'),
            '-', substring('r', 1, ancestor-or-self::*[@start-indent][1]/@start-indent = '90mm'))"/>
      </xsl:attribute>
      <xsl:apply-templates/>
    </text:p>
  </xsl:template>
  <xsl:template match="fo:block[key('holder', generate-id())]"><xsl:apply-templates/></xsl:template>
  <xsl:template match="fo:block[not(node())]"><text:line-break/></xsl:template>
  <xsl:template match="fo:inline[@font-weight = 'bold']"><text:span text:style-name="bold"><xsl:apply-templates/></text:span></xsl:template>
  <xsl:template match="fo:inline[@font-style = 'italic']"><text:span text:style-name="italic"><xsl:apply-templates/></text:span></xsl:template>

  <xsl:template match="fo:table" mode="styles">
    <xsl:variable name="columns"><xsl:apply-templates select="." mode="columns"/></xsl:variable>
    <xsl:variable name="id" select="generate-id()"/>
    <style:style style:name="{$id}" style:family="table">
      <style:table-properties style:width="{sum(exsl:node-set($columns)/c)}mm" table:align="margins"/>
    </style:style>
    <xsl:for-each select="exsl:node-set($columns)/c">
      <style:style style:name="{$id}.{position()}" style:family="table-column">
        <style:table-column-properties style:column-width="{.}mm"/>
      </style:style>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="fo:table">
    <xsl:variable name="id" select="generate-id()"/>
    <table:table table:style-name="{$id}">
      <xsl:for-each select="fo:table-column"><table:table-column table:style-name="{$id}.{position()}"/></xsl:for-each>
      <xsl:apply-templates select="fo:table-header | fo:table-body"/>
    </table:table>
  </xsl:template>
  <xsl:template match="fo:table-header"><table:table-header-rows><xsl:apply-templates/></table:table-header-rows></xsl:template>
  <xsl:template match="fo:table-row"><table:table-row><xsl:apply-templates/></table:table-row></xsl:template>
  <xsl:template match="fo:table-cell">
    <table:table-cell table:style-name="plain">
      <xsl:if test="../../../fo:table-column/@border"><xsl:attribute name="table:style-name">grid</xsl:attribute></xsl:if>
      <xsl:if test="@number-columns-spanned"><xsl:attribute name="table:number-columns-spanned"><xsl:value-of select="@number-columns-spanned"/></xsl:attribute></xsl:if>
      <xsl:apply-templates/>
    </table:table-cell>
    <xsl:if test="@number-columns-spanned &gt; 1">
      <xsl:for-each select="../../../fo:table-column[position() &lt; current()/@number-columns-spanned]"><table:covered-table-cell/></xsl:for-each>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
