<?xml version="1.0" encoding="UTF-8"?>
<!-- Подпись, визы под текстом, отметка об исполнителе (requisites 21, 22, 25). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <!-- The post at the left, the name at the right margin on the level of the post's last line:
       two columns without borders. Never parted from the text before it. -->
  <xsl:template match="p:signature">
    <xsl:param name="before" select="f:setting('signature', 'before')"/>
    <fo:table xsl:use-attribute-sets="plain-table" space-before="{$before}"
              keep-together.within-page="always" keep-with-previous.within-page="always">
      <xsl:call-template name="at"/>
      <xsl:call-template name="signature-columns"/>
    </fo:table>
  </xsl:template>

  <xsl:template name="signature-columns">
    <fo:table-column column-width="{f:setting('signature', 'post-width')}"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-body role="Div">
      <fo:table-row role="Div">
        <fo:table-cell role="Div">
          <fo:block role="P"><xsl:apply-templates select="p:post"/></fo:block>
        </fo:table-cell>
        <fo:table-cell role="Div" display-align="after" text-align="right">
          <fo:block role="P" wrap-option="no-wrap"><xsl:apply-templates select="p:name"/></fo:block>
        </fo:table-cell>
      </fo:table-row>
    </fo:table-body>
  </xsl:template>

  <xsl:template match="p:post | p:name">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- The signatures of an order or an appendix, one below another. -->
  <xsl:template name="signatures">
    <xsl:for-each select="p:signature">
      <xsl:choose>
        <xsl:when test="position() = 1">
          <xsl:apply-templates select="."/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select=".">
            <xsl:with-param name="before" select="f:setting('signature', 'between')"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- «Проект согласован:» and who agreed; the title stays with the first of them. -->
  <xsl:template match="p:approval">
    <fo:block role="P" xsl:use-attribute-sets="requisite"
              space-before="{f:setting('signature', 'approval-before')}"
              keep-with-next.within-page="always">
      <xsl:call-template name="at"/>
      <xsl:choose>
        <xsl:when test="p:title"><xsl:apply-templates select="p:title/node()"/></xsl:when>
        <xsl:when test="@kind">
          <xsl:value-of select="$texts/p:approval[@kind = current()/@kind]/@title"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="$texts/p:approval[@kind = 'согласован']/@title"/>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
    <xsl:for-each select="p:signature">
      <xsl:apply-templates select="." mode="approval"/>
    </xsl:for-each>
  </xsl:template>

  <!-- An approver: like a signature, but free to go to the next page. -->
  <xsl:template match="p:signature" mode="approval">
    <fo:table xsl:use-attribute-sets="plain-table" keep-together.within-page="always">
      <xsl:call-template name="at"/>
      <xsl:if test="preceding-sibling::p:signature">
        <xsl:attribute name="space-before">
          <xsl:value-of select="f:setting('signature', 'approval-between')"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:call-template name="signature-columns"/>
    </fo:table>
  </xsl:template>

  <xsl:template match="p:executor">
    <fo:block role="P" xsl:use-attribute-sets="requisite" space-before="24pt"
              font-size="{f:setting('font', 'executor-size')}">
      <xsl:call-template name="at"/>
      <xsl:apply-templates/>
      <xsl:if test="@phone">
        <fo:block/>
        <xsl:value-of select="concat(f:text('phone'), ' ', @phone)"/>
      </xsl:if>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
