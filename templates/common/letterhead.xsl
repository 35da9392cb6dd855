<?xml version="1.0" encoding="UTF-8"?>
<!-- Бланк: the issuing body, the kind, date and number, place, heading (requisites 05-07, 09-11,
     13, 17), centred over the text. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                exclude-result-prefixes="p f">

  <xsl:template name="letterhead">
    <xsl:choose>
      <xsl:when test="p:issuer"><xsl:apply-templates select="p:issuer"/></xsl:when>
      <xsl:otherwise><xsl:call-template name="office-issuer"/></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="kind"/>
    <xsl:call-template name="registration"/>
    <xsl:call-template name="place"/>
    <xsl:apply-templates select="p:heading"/>
  </xsl:template>

  <!-- ===================================================== issuing body -->

  <xsl:template match="p:issuer">
    <xsl:apply-templates/>
  </xsl:template>

  <xsl:template match="p:issuer/p:body | p:issuer/p:subdivision | p:issuer/p:post">
    <fo:block xsl:use-attribute-sets="requisite-centered" role="P"
              font-weight="{f:setting('letterhead', concat(local-name(), '-weight'))}">
      <xsl:call-template name="at"/>
      <xsl:if test="preceding-sibling::*">
        <xsl:attribute name="space-before">8pt</xsl:attribute>
      </xsl:if>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <!-- The body as the profile names it. -->
  <xsl:template name="office-issuer">
    <xsl:call-template name="office-line">
      <xsl:with-param name="name" select="'body'"/>
    </xsl:call-template>
    <xsl:call-template name="office-line">
      <xsl:with-param name="name" select="'subdivision'"/>
    </xsl:call-template>
    <xsl:call-template name="office-line">
      <xsl:with-param name="name" select="'post'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="office-line">
    <xsl:param name="name"/>
    <xsl:variable name="text" select="f:setting('office', $name)"/>
    <xsl:if test="$text != ''">
      <fo:block xsl:use-attribute-sets="requisite-centered" role="P"
                font-weight="{f:setting('letterhead', concat($name, '-weight'))}">
        <xsl:value-of select="$text"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- ===================================================== kind -->

  <xsl:template name="kind">
    <fo:block xsl:use-attribute-sets="requisite-centered" role="P"
              font-weight="{f:setting('letterhead', 'kind-weight')}"
              space-before="{f:setting('letterhead', 'before-kind')}">
      <xsl:choose>
        <xsl:when test="f:setting('letterhead', 'kind-spaced') = 'yes'">
          <xsl:value-of select="f:spaced(f:upper(@kind))"/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="f:upper(@kind)"/></xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== date and number -->

  <!-- What is not yet known is a rule to fill in by hand. -->
  <xsl:variable name="order-date">
    <xsl:value-of select="f:setting('registration', 'prefix')"/>
    <xsl:choose>
      <xsl:when test="$order/@date != ''">
        <xsl:value-of select="f:date($order/@date, f:setting('registration', 'date'))"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="f:setting('registration', 'blank')"/></xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:variable name="order-number">
    <xsl:choose>
      <xsl:when test="$order/@number != ''"><xsl:value-of select="f:number($order/@number)"/></xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="f:number(f:setting('registration', 'blank'))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template name="registration">
    <fo:block xsl:use-attribute-sets="requisite-centered" role="P"
              space-before="{f:setting('letterhead', 'before-date')}">
      <xsl:choose>
        <xsl:when test="f:setting('registration', 'line') = 'apart'">
          <xsl:attribute name="text-align">left</xsl:attribute>
          <xsl:attribute name="text-align-last">justify</xsl:attribute>
          <xsl:value-of select="$order-date"/>
          <fo:leader leader-pattern="space" leader-length.minimum="0pt"
                     leader-length.optimum="12pt" leader-length.maximum="100%"/>
          <xsl:value-of select="$order-number"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="concat($order-date, ' ', $order-number)"/>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== place -->

  <xsl:template name="place">
    <xsl:variable name="place">
      <xsl:choose>
        <xsl:when test="@place"><xsl:value-of select="@place"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="f:setting('office', 'place')"/></xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:if test="$place != ''">
      <fo:block xsl:use-attribute-sets="requisite-centered" role="P"
                space-before="{f:setting('letterhead', 'before-place')}">
        <xsl:value-of select="$place"/>
      </fo:block>
    </xsl:if>
  </xsl:template>

  <!-- ===================================================== heading -->

  <xsl:template match="p:order/p:heading">
    <xsl:variable name="width" select="f:setting('heading', 'width')"/>
    <fo:block xsl:use-attribute-sets="requisite-centered" role="H1" id="order"
              font-weight="{f:setting('heading', 'weight')}"
              text-align="{f:setting('heading', 'align')}"
              space-before="{f:setting('heading', 'before')}"
              space-after="{f:setting('heading', 'after')}">
      <xsl:call-template name="at"/>
      <xsl:if test="$width != '100%'">
        <xsl:attribute name="end-indent">
          <xsl:value-of select="concat($text-width - f:mm($width), 'mm')"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:apply-templates/>
    </fo:block>
  </xsl:template>

  <!-- Width of the text on a standing sheet, a number of millimetres. -->
  <xsl:variable name="text-width" select="210 - f:mm(f:setting('page', 'margin-left'))
                                              - f:mm(f:setting('page', 'margin-right'))"/>
</xsl:stylesheet>
