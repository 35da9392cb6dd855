<?xml version="1.0" encoding="UTF-8"?>
<!-- FO to HTML with CSS, for WeasyPrint: see common.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:exsl="http://exslt.org/common"
                exclude-result-prefixes="fo exsl">
  <xsl:import href="common.xsl"/>
  <xsl:output method="html" encoding="UTF-8" indent="no"/>

  <xsl:template match="/fo:root">
    <html lang="ru">
      <head>
        <style>
          @page { size: A4; margin: 20mm 10mm 20mm 30mm; @top-center { content: counter(page) } }
          @page landscape { size: A4 landscape; margin: 20mm 20mm 10mm 20mm }
          section { break-before: page }
          .landscape { page: landscape }
          body { font: 14pt/1.15 "Liberation Serif" }
          p, div { margin: 0 }
          table { border-collapse: collapse; table-layout: fixed; width: 100% }
          td { padding: 0; vertical-align: top }
          .grid td { border: .5pt solid; padding: .5mm 1.2mm }
        </style>
      </head>
      <body><xsl:apply-templates/></body>
    </html>
  </xsl:template>

  <xsl:template match="fo:flow">
    <section>
      <xsl:if test="contains(../@master-reference, 'landscape')"><xsl:attribute name="class">landscape</xsl:attribute></xsl:if>
      <xsl:apply-templates/>
    </section>
  </xsl:template>

  <xsl:template name="style">
    <xsl:variable name="style"><xsl:apply-templates select="@*" mode="css"/></xsl:variable>
    <xsl:if test="$style != ''"><xsl:attribute name="style"><xsl:value-of select="$style"/></xsl:attribute></xsl:if>
  </xsl:template>
  <xsl:template match="@*" mode="css"/>
  <xsl:template match="@text-align | @text-indent | @font-weight | @font-style | @font-size | @line-height" mode="css">
    <xsl:value-of select="concat(name(), ':', ., ';')"/>
  </xsl:template>
  <xsl:template match="@space-before" mode="css"><xsl:value-of select="concat('margin-top:', ., ';')"/></xsl:template>
  <xsl:template match="@space-after" mode="css"><xsl:value-of select="concat('margin-bottom:', ., ';')"/></xsl:template>
  <xsl:template match="@start-indent" mode="css"><xsl:value-of select="concat('margin-left:', ., ';')"/></xsl:template>
  <xsl:template match="@hyphenate[. = 'true']" mode="css">hyphens:auto;</xsl:template>
  <xsl:template match="@hyphenate[. = 'false']" mode="css">hyphens:manual;</xsl:template>
  <xsl:template match="@keep-with-next.within-page[. = 'always']" mode="css">break-after:avoid;</xsl:template>
  <xsl:template match="@keep-together.within-page[. = 'always']" mode="css">break-inside:avoid;</xsl:template>

  <xsl:template match="fo:block"><p><xsl:call-template name="style"/><xsl:apply-templates/></p></xsl:template>
  <xsl:template match="fo:block[key('holder', generate-id())]"><div><xsl:call-template name="style"/><xsl:apply-templates/></div></xsl:template>
  <xsl:template match="fo:block[not(node())]"><br/></xsl:template>
  <xsl:template match="fo:inline"><span><xsl:call-template name="style"/><xsl:apply-templates/></span></xsl:template>

  <xsl:template match="fo:table">
    <xsl:variable name="columns"><xsl:apply-templates select="." mode="columns"/></xsl:variable>
    <table>
      <xsl:if test="fo:table-column/@border"><xsl:attribute name="class">grid</xsl:attribute></xsl:if>
      <xsl:call-template name="style"/>
      <xsl:for-each select="exsl:node-set($columns)/c"><col style="width:{.}mm"/></xsl:for-each>
      <xsl:apply-templates select="fo:table-header | fo:table-body"/>
    </table>
  </xsl:template>
  <xsl:template match="fo:table-header"><thead><xsl:call-template name="style"/><xsl:apply-templates/></thead></xsl:template>
  <xsl:template match="fo:table-body"><tbody><xsl:apply-templates/></tbody></xsl:template>
  <xsl:template match="fo:table-row"><tr><xsl:call-template name="style"/><xsl:apply-templates/></tr></xsl:template>
  <xsl:template match="fo:table-cell">
    <td>
      <xsl:if test="@number-columns-spanned"><xsl:attribute name="colspan"><xsl:value-of select="@number-columns-spanned"/></xsl:attribute></xsl:if>
      <xsl:if test="@number-rows-spanned"><xsl:attribute name="rowspan"><xsl:value-of select="@number-rows-spanned"/></xsl:attribute></xsl:if>
      <xsl:call-template name="style"/>
      <xsl:apply-templates/>
    </td>
  </xsl:template>
</xsl:stylesheet>
